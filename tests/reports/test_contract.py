import json
import re
import sqlite3
from pathlib import Path

import pytest
from desks import a_friday_desk
from queues import new_queue
from running import run

from supportq.reports import WHOLE, find_report, names
from supportq.reports._periods import PERIODS

PRICES = (
    "config set cost.hourly.1 30",
    "config set retention.field order",
    "config set retention.within_days 5",
)
LONG_AGO = ("log Hooks -c eve@example.com -m hello --team sales", "reply 6 -m hello --resolve --spent 10m")


@pytest.fixture(scope="module")
def friday(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lend a queue on which something was resolved, rated, paid and decided; it is read and never written."""
    queue = a_friday_desk(tmp_path_factory.mktemp("friday"))
    for words in ("resolve 4 --yes", "rate 4 5", "set 5 tag+=vip tag+=late --yes", *PRICES):
        assert run(*words.split(), queue=queue).code == 0, words
    for number, words in enumerate(LONG_AGO, start=25):
        assert run(*words.split(), queue=queue, now=f"2026-10-25T10:{number}:00Z").code == 0, words
    return queue


@pytest.mark.parametrize("name", names())
def test_every_report_says_what_it_counts(name: str, friday: Path) -> None:
    definition = find_report(name).definition

    assert definition.splitlines()[0].endswith(".")
    assert run("report", name, "--define", queue=friday).out.startswith(definition)


@pytest.mark.parametrize("name", names())
def test_an_empty_queue_gives_zeros(name: str, tmp_path: Path) -> None:
    rows = json.loads(run("report", name, "--json", queue=new_queue(tmp_path / "empty.db")).out)

    assert rows
    assert {row["n"] for row in rows} == {0}


@pytest.mark.parametrize("name", names())
def test_an_empty_period_gives_a_line_of_zeros_for_each_day(name: str, friday: Path) -> None:
    words = ("--since", "2020-01-01", "--until", "2020-01-03", "--by", "day", "--json")
    rows = json.loads(run("report", name, *words, queue=friday).out)

    assert sorted({row["day"] for row in rows}) == ["2020-01-01", "2020-01-02", "2020-01-03"]
    assert {row["n"] for row in rows} == {0}


@pytest.mark.parametrize("name", names())
def test_groups_add_up_to_the_whole(name: str, friday: Path) -> None:
    def figures(*words: str) -> dict[str, int]:
        sums: dict[str, int] = {}
        for row in json.loads(run("report", name, "--json", *words, queue=friday).out):
            part = row.get("clock", "")
            sums[part] = sums.get(part, 0) + row["n"]
        return sums

    whole = figures()
    assert sum(whole.values())
    for key in find_report(name).keys:
        if not (name == "backlog" and key in PERIODS) and key != "tag":
            assert figures("--by", key) == whole


@pytest.mark.parametrize("name", names())
def test_a_report_beside_an_earlier_one_tells_each_change(name: str, friday: Path) -> None:
    words = ("--since", "yesterday", "--by", "day,team", "--compare", "previous", "--json")
    rows = json.loads(run("report", name, *words, queue=friday).out)

    whole = [row for row in rows if row["beside"] == "2026-11-18"]
    assert {row["day"] for row in whole} <= {"2026-11-19"} < {row["day"] for row in rows}
    assert all(row["n_change"] == row["n"] - row["n_before"] for row in whole)
    assert all(row["n_change"] is None for row in rows if row not in whole)


@pytest.mark.parametrize("name", names())
def test_the_sql_of_a_report_runs_wherever_sqlite_does(name: str, friday: Path) -> None:
    found = find_report(name)
    if found.sql is None:
        assert found.not_in_sql in run("report", name, "--sql", queue=friday).err
        return
    connection = sqlite3.connect(f"file:{friday}?mode=ro", uri=True)
    for words in ([], *(["--by", key] for key in found.keys), ["--where", "team:sales has:agent", "--by", "day,team"]):
        connection.execute(run("report", name, "--sql", *words, queue=friday).out)
    connection.close()


@pytest.mark.parametrize("name", [name for name in names() if find_report(name).sql])
def test_the_sql_of_a_report_stands_on_documented_views_and_names_what_it_lacks(name: str, friday: Path) -> None:
    statement = run("report", name, "--sql", queue=friday).out

    assert not re.findall(r"\b(?:from|join) (?:ticket|clock|message|ending|course)\b", statement)
    assert find_report(name).not_in_sql in statement


@pytest.mark.parametrize("name", names())
def test_a_report_fits_a_terminal(name: str, friday: Path) -> None:
    shown = run("report", name, "--by", "team", queue=friday, terminal=True).out

    assert max(map(len, shown.splitlines())) <= 80
    assert "too narrow" not in shown


@pytest.mark.parametrize("words", [*names(), "state", "cycle --before 2026-10 --after 2026-11"])
def test_a_report_says_in_which_zone_it_counts_and_which_tickets(words: str, friday: Path) -> None:
    sight = ("--where", "team:sales", "--tz", "Asia/Tokyo", "-f", "md")
    told = run("report", *words.split(), *sight, queue=friday)

    assert "Asia/Tokyo; where team:sales" in f"{told.out}{told.err}"


@pytest.mark.parametrize("form", ["table", "md", "html"])
def test_what_belongs_to_nobody_is_called_so_by_people_and_left_empty_for_programs(form: str, friday: Path) -> None:
    words = ("report", "volume", "--by", "team")

    assert "no team" in run(*words, "-f", form, queue=friday).out
    assert None in {row["team"] for row in json.loads(run(*words, "--json", queue=friday).out)}


def test_columns_are_chosen_and_sorted_by_their_titles_too(friday: Path) -> None:
    by_title, by_key = (
        run("report", "sla", "-c", chosen, "-s", sort, queue=friday).out
        for chosen, sort in (("Clock,Kept,moved", "Kept:desc"), ("clock,rate,retarget", "rate:desc"))
    )

    assert by_title == by_key
    assert "no column" in run("report", "agents", "-c", "of it", queue=friday).err


def test_titles_tell_the_columns_of_a_report_apart(friday: Path) -> None:
    for name in ("response", "resolution", "agents", "channels", "lines"):
        for words in ((), ("--calendar",)):
            header, *_ = run("report", name, *words, "-c", "all", "-f", "md", queue=friday).out.splitlines()[2:]
            titles = [title.strip() for title in header.split("|") if title.strip() not in {"", "of"}]
            assert len(set(titles)) == len(titles), header


def test_a_selector_narrows_what_is_counted(friday: Path) -> None:
    (row,) = json.loads(run("report", "volume", "--where", "team:sales channel:phone", "--json", queue=friday).out)

    assert row["n"] == 1


@pytest.mark.parametrize("name", WHOLE)
def test_whatever_is_made_of_reports_says_what_it_tells(name: str, friday: Path) -> None:
    told = run("report", name, "--define", queue=friday).out

    assert told.splitlines()[0].endswith(".")
    assert "\nIt takes: --" in told


def test_several_selectors_narrow_together(friday: Path) -> None:
    words = ("--where", "team:sales", "--where", "channel:phone")

    assert json.loads(run("report", "volume", *words, "--json", queue=friday).out)[0]["n"] == 1


def test_what_is_kept_names_days_by_their_dates(friday: Path, tmp_path: Path) -> None:
    file = tmp_path / "volume.md"
    assert "today" in run("report", "volume", queue=friday, terminal=True).out
    assert run("report", "volume", "-o", str(file), queue=friday, terminal=True).code == 0
    piped = run("report", "volume", "-f", "md", queue=friday).out

    assert file.read_text() == piped
    assert "2026-10-21 16:00 to 2026-11-20 16:00" in piped


def test_a_comparison_has_no_sql(friday: Path) -> None:
    refused = run("report", "volume", "--compare", "previous", "--sql", queue=friday)

    assert (refused.code, refused.out) == (2, "")
    assert "--sql prints the statement of one period" in refused.err


def test_more_periods_than_anybody_reads_are_refused(friday: Path) -> None:
    refused = run("report", "sla", "--since", "2020", "--by", "hour", queue=friday)

    assert (refused.code, refused.out) == (2, "")
    assert "more than 10,000 hours" in refused.err


def test_what_there_is_is_told_by_name(friday: Path) -> None:
    assert [line.split("\t")[0] for line in run("report", "--define", queue=friday).out.splitlines()] == [
        "report",
        *names(),
        *WHOLE,
    ]


@pytest.mark.parametrize("name", names())
def test_a_period_that_lies_ahead_is_empty_and_said_to_be(name: str, friday: Path) -> None:
    told = run("report", name, "--since", "2027-01", "--by", "month", "--json", queue=friday)
    rows = json.loads(told.out)

    assert {row["month"] for row in rows} == {"2027-01"}
    assert {row["n"] for row in rows} == {0}
    assert told.err == "This time lies ahead: nothing has happened in it yet.\n"


REFUSED = {
    "cycle --since 2w": "cycle takes no --since: its two periods are --before and --after",
    "page --by team": "page takes no --by: it is made of all reports",
    "--compare previous": "the state of the desk takes no --compare: it is of now, and of the whole desk",
    "sla --weeks 2": "sla takes no --weeks: it is about one period",
    "volume --calendar": "volume tells nothing in open time",
    "sla --define --sql": "--define counts nothing, and --sql says nothing to it",
    "sla --define --since 2w": "--define counts nothing, and --since says nothing to it",
    "cycle --define -f json": "--define prints text, and not as json",
    "sla --sql -f csv": "--sql prints text, and not as csv",
    "sla --until 2020": "name both ends: --since 2020 --until 2020",
    "slas": "did you mean sla? (one of 26)",
    "foo": "one of: agents answered backlog channels cost csat customers cycle digest fcr",
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_would_have_no_effect_is_refused_in_a_line(words: str, friday: Path) -> None:
    refused = run("report", *words.split(), queue=friday)

    assert (refused.code, refused.out) == (2, "")
    assert REFUSED[words] in refused.err


def test_definitions_and_statements_are_written_where_it_was_asked_for(friday: Path, tmp_path: Path) -> None:
    for word in ("--define", "--sql"):
        assert run("report", "sla", word, "-o", str(tmp_path / "sla.txt"), queue=friday).out == ""
        assert (tmp_path / "sla.txt").read_text() == run("report", "sla", word, queue=friday).out


def test_unknown_reports_and_keys_are_named_with_the_nearest(friday: Path) -> None:
    assert "did you mean volume?" in run("report", "volum", queue=friday).err
    assert "did you mean sla?" in run("report", "SLA", queue=friday).err
    assert "did you mean team?" in run("report", "sla", "--by", "tem", queue=friday).err


@pytest.mark.parametrize("name", names())
def test_rows_in_a_pipe_have_the_columns_of_csv(name: str, friday: Path) -> None:
    piped, csv = (run("report", name, *words, queue=friday).out for words in ([], ["-f", "csv"]))

    assert piped.splitlines()[0].split("\t") == csv.splitlines()[0].split(",")
