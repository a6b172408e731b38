from pathlib import Path

from imports import rejects, rows

SAMPLE = (Path(__file__).parents[2] / "supportq" / "samples" / "inquiries.csv").read_bytes()
REASONS = {
    51: 'no channel "fax machine"',
    116: '"anna@@example" is no mail address',
    141: "no customer",
    172: "4 cells where the header has 13",
    196: "9 cells where the header has 13",
    213: "was already used in line 212",
    266: "day is out of range for month",
    291: "nothing is said",
    337: "15 cells where the header has 13",
    363: "may have the day or the month first",
    436: "is no date",
    497: "a NUL byte",
}


def test_the_sample_desk_is_rejected_where_it_is_dirty_and_nowhere_else() -> None:
    found = dict(rejects(SAMPLE))

    assert list(found) == list(REASONS)
    assert all(REASONS[line] in reason for line, reason in found.items())
    assert len(rows(SAMPLE)) - len(found) > 330
