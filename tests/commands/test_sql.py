import json
from pathlib import Path

import pytest
from running import run


def test_views_answer_queries(friday: Path) -> None:
    query = "select team, count(*) as tickets from ticket_view group by team order by team"

    assert run("sql", query, queue=friday).out == "team\ttickets\n\t1\nsales\t3\ntechnical\t1\n"
    assert run("sql", "-", queue=friday, stdin=query).out == run("sql", query, queue=friday).out


def test_the_view_of_tickets_tells_a_snooze_that_ended_by_itself(friday: Path) -> None:
    assert run("wait", "1", "--until", "2h", "--for", "customer", queue=friday).code == 0

    stored = run("sql", "select status from ticket where id = 1", "--no-header", queue=friday).out
    assert (stored, run("sql", "select status from ticket_view where id = 1", "--no-header", queue=friday).out) == (
        "pending\n",
        "open\n",
    )


def test_columns_of_the_same_name_are_told_apart_and_bytes_are_digits(friday: Path) -> None:
    answer = json.loads(run("sql", "select 1 as a, 2.5 as a, null as b, x'00ff' as c", "--json", queue=friday).out)

    assert answer == [{"a": 1, "a_2": 2.5, "b": None, "c": "00ff"}]


@pytest.mark.parametrize("form", ["tsv", "json", "table", "html"])
def test_a_column_may_hold_numbers_and_words(friday: Path, form: str) -> None:
    answer = run("sql", "select 1 as a union all select 'none' order by 1", "-f", form, queue=friday)

    assert (answer.code, "none" in answer.out) == (0, True)


@pytest.mark.parametrize(
    "query",
    [
        "delete from ticket",
        "update ticket set priority = 'low' returning id",
        "create temp table t (a)",
        "attach 'other.db' as other",
        "pragma query_only = off",
        "pragma user_version = 7",
        "vacuum into 'copy.db'",
        "begin",
    ],
)
def test_a_query_that_does_more_than_read_is_refused(friday: Path, query: str) -> None:
    before = friday.read_bytes()
    shown = run("sql", query, queue=friday)

    assert shown.code == 2
    assert "more than read" in shown.err
    assert friday.read_bytes() == before


@pytest.mark.parametrize("query", ["selct", "select nope from ticket_view", "select 1; select 2", "", ";"])
def test_a_query_that_makes_no_sense_is_one_line_and_a_cure(friday: Path, query: str) -> None:
    shown = run("sql", query, queue=friday)

    assert shown.code == 2
    assert len(shown.err.splitlines()) == 2


def test_the_search_index_can_be_asked(friday: Path) -> None:
    query = "select message.ticket_id from search join message on message.id = search.rowid where search match 'ecran'"

    assert run("sql", query, "--no-header", queue=friday).out == "2\n"


def test_the_schema_begins_with_the_documented_views(friday: Path) -> None:
    shown = run("sql", "--schema", queue=friday).out

    first, ticket_view, first_table = (
        shown.lower().index(f"create {what}") for what in ("", "view ticket_view", "table")
    )
    assert first == 0 < ticket_view < first_table
