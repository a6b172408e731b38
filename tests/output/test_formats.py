import csv
import io
import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, islice
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from exhibits import COLUMNS, HOSTILE, HOSTILE_TABLE, PAGE, ROWS, TABLE, endless, sheet
from rich.cells import cell_len

from supportq.errors import UnknownWord, UsageError
from supportq.model.table import Column, Kind, Row, Table
from supportq.output.clean import clean
from supportq.output.formats import find_format, names
from supportq.output.formats.table import MOST_ROWS
from supportq.output.sheet import Sheet

GOLDEN = Path(__file__).parent / "golden"
TEMPLATE = "{id:>5} {subject:.12} {age} {age_s}"
ANY = sheet(template=TEMPLATE)
STREAMING = sorted(set(names()) - {"table"})


def written(name: str, table: Table = TABLE, on: Sheet = ANY) -> str:
    return "".join(find_format(name).write(table, on))


def rows_of(*subjects: str) -> Table:
    columns = (Column("id", "ID", Kind.NUMBER), Column("subject", "Subject", wide=True))
    return Table(columns, tuple(enumerate(subjects)))


EXHIBITS: dict[str, tuple[str, Table, Sheet]] = {
    **{f"{name}.txt": (name, TABLE, ANY) for name in names()},
    **{f"table-{width}.txt": ("table", TABLE, sheet(width=width)) for width in (40, 80, 200)},
    "table-80-colour.txt": ("table", TABLE, sheet(width=80, colour=True)),
    "table-80-ascii.txt": ("table", TABLE, sheet(width=80, encoding="ascii")),
    "table-80-latin-1.txt": ("table", TABLE, sheet(width=80, encoding="latin-1")),
    "table-80-grouped.txt": ("table", replace(TABLE, group="team"), sheet(width=80)),
    "table-empty.txt": ("table", Table(COLUMNS, ()), sheet(width=80)),
    "csv-spreadsheet.txt": ("csv", TABLE, sheet(spreadsheet=True)),
    "json-ascii.txt": ("json", TABLE, sheet(encoding="ascii")),
}
PAGES = {
    **{f"page-{width}.txt": ("table", sheet(width=width)) for width in (40, 80, 200)},
    **{f"page.{name}.txt": (name, sheet()) for name in names() if find_format(name).write_page},
}


def compare(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("SUPPORTQ_GOLDEN") == "update":
        path.write_bytes(text.encode())
    assert text.encode() == path.read_bytes(), "if this is meant: SUPPORTQ_GOLDEN=update, and read the diff"


@pytest.mark.parametrize("exhibit", EXHIBITS)
def test_a_table_looks_as_promised(exhibit: str) -> None:
    compare(exhibit, written(*EXHIBITS[exhibit]))


@pytest.mark.parametrize("exhibit", PAGES)
def test_a_page_looks_as_promised(exhibit: str) -> None:
    name, on = PAGES[exhibit]
    write_page = find_format(name).write_page

    assert write_page is not None
    compare(exhibit, "".join(write_page(PAGE, on)))


def test_a_heading_counts_rows_only_where_each_is_a_ticket_of_its_own() -> None:
    columns = (Column("id", "ID", Kind.NUMBER), Column("team", "Team"))

    assert "sales  2\n" in written("table", Table(columns, ((1, "sales"), (2, "sales")), group="team"))
    assert "sales\n" in written("table", Table(columns, ((1, "sales"), (1, "sales")), group="team"))
    assert "sales\n" in written("table", Table((*columns[1:], Column("n", "N")), (("sales", "a"),), group="team"))


def test_every_golden_file_is_somebodys() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == EXHIBITS.keys() | PAGES.keys()


@pytest.mark.parametrize("name", names())
def test_every_format_tells_of_every_row(name: str) -> None:
    text = written(name)

    assert all(str(row[0]) in text for row in ROWS)


def test_formats_for_programs_hold_the_same_cells() -> None:
    from_csv = list(csv.reader(io.StringIO(written("csv"), newline="")))
    from_tsv = [line.split("\t") for line in written("tsv").splitlines()]
    from_json = [list(row) for row in json.loads(written("json"))]

    assert [[cell.replace("\n", r"\n").replace("\t", r"\t") for cell in row] for row in from_csv[:3]] == from_tsv[:3]
    assert from_json == [from_csv[0]] * len(ROWS)


def test_formats_for_people_hold_the_same_cells() -> None:
    drawn = written("table")
    cells = [cell for line in written("md").splitlines()[4:-2] for cell in line.strip("| ").split(" | ")]

    assert [cell for cell in cells if cell.replace("\\", "") not in drawn.replace("\\", "")] == []


@pytest.mark.parametrize("name", STREAMING)
def test_rows_are_written_as_they_come(name: str) -> None:
    asked = count()
    rows = ((number, *row[1:]) for row, number in zip(endless(TABLE), asked, strict=False))

    assert len(list(islice(find_format(name).write(replace(TABLE, rows=rows), ANY), 5))) == 5
    assert next(asked) < 10


@pytest.mark.parametrize("name", names())
def test_a_silent_table_without_rows_prints_no_words(name: str) -> None:
    text = written(name, Table(COLUMNS, (), silent=True))

    expected = {"json": "[]\n", "csv": written("csv", Table(COLUMNS, ()))}
    assert text == expected.get(name, "")


@pytest.mark.parametrize("name", names())
def test_one_column_alone_is_a_table_too(name: str) -> None:
    assert "7" in written(name, TABLE.choose(["id"]), sheet(template="{id}"))


@pytest.mark.parametrize("width", [4, 7, 20, 40, 80, 200])
def test_a_drawn_table_never_leaves_the_screen(width: int) -> None:
    lines = written("table", replace(TABLE, title="", caption=""), sheet(width=width)).splitlines()

    drawn = [line for line in lines if not line.startswith("too narrow")]
    assert max(map(cell_len, drawn)) <= width


def test_what_is_to_be_read_whole_goes_on_in_further_lines() -> None:
    columns = (Column("line", "Line", Kind.NUMBER), Column("reason", "Reason", wide=True, whole=True))
    rows = [(2, "no status; one of: new open"), (3, "織" * 12)]

    assert written("table", Table(columns, rows), sheet(width=20)).splitlines()[2:] == [
        "   2  no status; one",
        "      of: new open",
        f"   3  {'織' * 7}",
        f"      {'織' * 5}",
    ]


def test_a_table_past_its_cap_says_how_many_rows_it_left_out() -> None:
    table = replace(TABLE, rows=islice(endless(TABLE), MOST_ROWS + 1234))

    assert written("table", table).endswith("1,234 more rows: -L 0 shows all\n")


def test_a_table_in_a_pipe_is_never_cut() -> None:
    assert "x" * 10_000 in written("table", rows_of("x" * 10_000))


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1"])
@pytest.mark.parametrize("width", [None, 80])
def test_no_stranger_acts_on_a_terminal(name: str, encoding: str, width: int | None) -> None:
    on = sheet(terminal=True, encoding=encoding, width=width, template="{id} {subject} {tags}")

    text = written(name, HOSTILE_TABLE, on).encode(encoding, "backslashreplace").decode(encoding)

    assert not [c for c in set(text) - set("\r\n\t") if not c.isprintable()]


@pytest.mark.parametrize("name", ["table", "md", "html", "template"])
def test_people_are_never_shown_control_characters_in_a_pipe_either(name: str) -> None:
    text = written(name, HOSTILE_TABLE, sheet(template="{subject}"))

    assert not [c for c in set(text) - set("\n") if not c.isprintable()]


def test_markup_and_emoji_codes_are_only_text() -> None:
    text = written("table", rows_of("[/", "[bold]x[/bold]", ":smile:"), sheet(width=80, colour=True))

    assert all(words in text for words in ("[/", "[bold]x[/bold]", ":smile:"))


def test_html_is_well_formed_whatever_strangers_send_and_has_nothing_to_run() -> None:
    text = written("html", replace(HOSTILE_TABLE, title="<script>"), sheet(encoding="ascii"))

    page = ET.fromstring(re.sub("<!DOCTYPE html>|<meta .*?>", "", text))  # noqa: S314 - our own page
    assert [cell.text or "" for cell in page.iterfind(".//tr/td[2]")] == [clean(words) for words in HOSTILE]
    assert sorted({element.tag for element in page.iter()}) == [
        "body",
        "h1",
        "head",
        "html",
        "table",
        "td",
        "th",
        "title",
        "tr",
    ]
    assert text.isascii()


def test_html_has_a_heading_for_each_group() -> None:
    text = written("html", replace(TABLE, group="team"))

    assert re.findall('colspan="8" style="text-align: left">(.*)</th>', text) == ["sales", "technical", "enterprise"]


def test_tsv_in_a_pipe_holds_nothing_that_acts_on_a_terminal_behind_it() -> None:
    table = Table((Column("subject", "Subject"),), [("\x1b]0;owned\x07 \u202e \x9b2J",)])

    assert (
        "".join(find_format("tsv").write(table, sheet(header=False, terminal=False)))
        == "\\x1b]0;owned\\x07 \\u202e \\x9b2J\n"
    )


def test_tsv_comes_back_in() -> None:
    def unescape(text: str) -> str:
        return text.encode("utf-8", "surrogatepass").decode("unicode_escape")

    lines = written("tsv", rows_of(*(text for text in HOSTILE if text.isascii()))).split("\n")[1:-1]

    assert [unescape(line.split("\t")[1]) for line in lines] == [text for text in HOSTILE if text.isascii()]


def test_csv_comes_back_in() -> None:
    csv.field_size_limit(2_000_000)
    read = list(csv.reader(io.StringIO(written("csv", rows_of(*HOSTILE)), newline="")))

    assert [row[1] for row in read[1:]] == list(HOSTILE)


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_json_comes_back_in_whatever_the_encoding(encoding: str) -> None:
    text = written("json", rows_of(*HOSTILE), sheet(encoding=encoding))

    read = json.loads(text.encode(encoding, "backslashreplace"))

    assert [row["subject"] for row in read] == list(HOSTILE)


def test_jsonl_and_json_say_the_same() -> None:
    assert [json.loads(line) for line in written("jsonl").splitlines()] == json.loads(written("json"))


def test_what_is_absent_is_null_in_json_and_empty_in_tsv() -> None:
    columns = tuple(Column(kind, kind, kind) for kind in Kind)
    nothing: Row = tuple(() if kind in {Kind.LIST, Kind.TICKETS} else None for kind in Kind)

    (read,) = json.loads(written("json", Table(columns, (nothing,))))

    assert {kind: cell for kind, cell in read.items() if cell is not None} == {"list": [], "tickets": []}
    assert written("tsv", Table(columns, (nothing,))).splitlines()[1] == "\t" * (len(Kind) - 1)


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_json_knows_no_nan(number: float) -> None:
    assert '"n": null' in written("jsonl", Table((Column("n", "N", Kind.NUMBER),), ((number,),)))


@pytest.mark.parametrize(
    ("rate", "words"), [(0.0, "0 %"), (0.001, "1 %"), (0.934, "93 %"), (0.999, "99 %"), (1, "100 %")]
)
def test_a_rate_is_whole_only_when_nothing_is_missing(rate: float, words: str) -> None:
    assert words in written("md", Table((Column("r", "R", Kind.RATE),), ((rate,),)))


def test_a_spreadsheet_is_given_no_formulas_but_keeps_its_numbers() -> None:
    columns = (Column("t", "T"), Column("n", "N", Kind.NUMBER))
    texts = ("=1+1", "+49", "-x", "@a", "\tx", "\rx", "plain")

    read = list(
        csv.reader(
            io.StringIO(written("csv", Table(columns, [(t, -5) for t in texts]), sheet(spreadsheet=True)), newline="")
        )
    )

    assert [row[0] for row in read[1:]] == [f"'{text}" for text in texts[:-1]] + ["plain"]
    assert {row[1] for row in read[1:]} == {"-5"}


def test_ids_are_there_whichever_columns_were_chosen() -> None:
    assert written("ids", TABLE.choose(["subject"])) == "7\n12\n1234\n"


def test_a_ticket_that_stands_in_several_rows_has_one_id() -> None:
    columns = (Column("id", "ID", Kind.NUMBER), Column("clock", "Clock"))

    assert written("ids", Table(columns, [(7, "first"), (12, "first"), (7, "update")])) == "7\n12\n"


def test_rows_without_ids_are_refused_as_ids() -> None:
    with pytest.raises(UsageError, match="no ids"):
        written("ids", Table((Column("week", "Week"),), ()))


@pytest.mark.parametrize("template", ["{subjct}", "{0}", "{}", "{subject.__class__}", "{subject[0]}"])
def test_a_template_knows_columns_and_nothing_else(template: str) -> None:
    with pytest.raises(UnknownWord):
        written("template", on=sheet(template=template))


@pytest.mark.parametrize("template", ["{id", "}", "{id!r}", "{id:>99999}", "{id:{id}}", "{age:%H}", ""])
def test_a_template_that_makes_no_sense_is_refused(template: str) -> None:
    with pytest.raises(UsageError):
        written("template", on=sheet(template=template))


def test_a_template_can_hold_tabs_and_braces() -> None:
    assert written("template", on=sheet(template=r"{{{id}}}\t{priority:>8}|")).startswith("{7}\t  urgent|\n")


def test_late_is_red_and_at_risk_is_yellow() -> None:
    late, at_risk, calm = written("table", on=sheet(colour=True)).splitlines()[4:7]

    assert "\x1b[31m1h late" in late
    assert "\x1b[33min 10m" in at_risk
    assert "\x1b[3" not in calm


def test_a_subject_does_not_raise_an_alarm() -> None:
    assert "\x1b[31m" not in written("table", rows_of("late"), sheet(colour=True))


def test_an_unknown_format_is_told_the_known_ones() -> None:
    with pytest.raises(UnknownWord, match="jsn") as caught:
        find_format("jsn")

    assert "did you mean json" in caught.value.cures[0]


def _lazy() -> Iterator[Row]:
    yield from ROWS


@pytest.mark.parametrize("name", names())
def test_rows_need_be_walked_only_once(name: str) -> None:
    assert written(name, replace(TABLE, rows=_lazy())) == written(name)


def test_tickets_that_follow_one_another_are_written_as_a_range() -> None:
    table = Table((Column("tickets", "Tickets", Kind.TICKETS),), [((7, 12, 13, 14),), ((),)])

    assert written("csv", table).splitlines() == ["tickets", "7 12-14", '""']


@pytest.mark.parametrize(("kind", "half", "words"), [(Kind.NUMBER, 1.25, "1.3"), (Kind.MONEY, 2.675, "2.68")])
def test_a_half_is_rounded_up(kind: Kind, half: float, words: str) -> None:
    assert words in written("table", Table((Column("figure", "Figure", kind),), ((half,),)))
