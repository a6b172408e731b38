from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from reports.asked import rows_of

from supportq.model.table import Column, Kind, Row, Table
from supportq.reports import Question
from supportq.reports._compare import Answer, compared

BERLIN = ZoneInfo("Europe/Berlin")
FIRST, SECOND = ("2026-11-01", "2026-12-01"), ("2026-10-01", "2026-11-01")
FIGURES = (Column("n", "n", Kind.NUMBER), Column("rate", "Kept", Kind.RATE), Column("median", "Median", Kind.DURATION))


def answer(first: str, last: str, key: str, *rows: Row) -> Answer:
    since, until = (datetime.fromisoformat(day).replace(tzinfo=BERLIN).astimezone(UTC) for day in (first, last))
    question = Question(since, until, until, BERLIN, (key,))
    return Answer(question, Table((Column(key, key), *FIGURES), rows))


def changes(now: Answer, before: Answer) -> list[dict[str, Any]]:
    return rows_of(compared(now, before, ("rate",)))


def test_each_figure_stands_beside_what_it_was_with_the_change() -> None:
    now = answer("2026-11-01", "2026-12-01", "team", ("sales", 4, 0.75, timedelta(minutes=5)))
    before = answer("2026-10-01", "2026-11-01", "team", ("sales", 10, 0.5, timedelta(minutes=8)))
    (row,) = changes(now, before)

    assert (row["n"], row["n_before"], row["n_change"]) == (4, 10, -6)
    assert (row["rate"], row["rate_before"], row["rate_change"]) == (0.75, 0.5, 0.25)
    assert row["median_change"] == timedelta(minutes=-3)


def test_a_group_that_was_not_there_was_none_of() -> None:
    now = answer("2026-11-01", "2026-12-01", "team", ("sales", 4, 0.75, None))
    before = answer("2026-10-01", "2026-11-01", "team", ("technical", 3, 1.0, None))
    found = {row["team"]: (row["n_change"], row["rate_change"]) for row in changes(now, before)}

    assert found == {"sales": (4, None), "technical": (-3, None)}


def test_a_mean_of_nothing_is_none_and_no_zero() -> None:
    columns = (Column("team", "Team"), Column("n", "n", Kind.NUMBER), Column("mean", "Mean", Kind.NUMBER))
    now, before = (
        replace(answer("2026-11-01", "2026-12-01", "team"), table=Table(columns, rows))
        for rows in ([("sales", 4, 4.5)], [("technical", 3, 2.0)])
    )
    (row, _) = rows_of(compared(now, before, ("mean",)))

    assert (row["n_before"], row["mean_before"], row["mean_change"]) == (0, None, None)


def test_weeks_are_compared_in_their_order() -> None:
    now = answer("2026-11-09", "2026-11-23", "week", ("2026-W46", 1, None, None), ("2026-W47", 5, None, None))
    before = answer("2026-10-26", "2026-11-09", "week", ("2026-W44", 2, None, None), ("2026-W45", 2, None, None))
    found = [(row["week"], row["n_before"], row["n_change"]) for row in changes(now, before)]

    assert found == [("2026-W46", 2, -1), ("2026-W47", 2, 3)]


def test_people_see_how_many_there_were_and_the_main_figures() -> None:
    now = answer("2026-11-01", "2026-12-01", "team", ("sales", 1, 1.0, None))
    table = compared(now, now, ("rate",))

    assert [column.key for column in table.shown] == [
        *("team", "n", "n_before", "n_change", "rate", "rate_before", "rate_change")
    ]


def test_the_whole_weeks_of_two_years_are_compared_by_their_number() -> None:
    now = answer("2026-11-09", "2026-11-23", "week", ("2026-W46", 1, None, None), ("2026-W47", 5, None, None))
    before = answer("2025-11-09", "2025-11-22", "week", ("2025-W45", 1, None, None), ("2025-W46", 2, None, None))
    found = [
        (row["week"], row["beside"], row["n"], row["n_before"], row["n_change"])
        for row in rows_of(compared(now, before, ("rate",), a_year=True))
    ]

    assert found == [
        ("2026-W46", "2025-W46", 1, 2, -1),
        ("2026-W47", "nothing", 5, None, None),
        ("2025-W45", "not whole", None, 1, None),
    ]


def test_a_part_of_a_week_is_beside_no_whole_one() -> None:
    now = answer("2026-11-16", "2026-11-24", "week", ("2026-W47", 7, None, None), ("2026-W48", 1, None, None))
    before = answer("2026-11-08", "2026-11-16", "week", ("2026-W45", 1, None, None), ("2026-W46", 7, None, None))
    found = [(row["week"], row["beside"], row["n"], row["n_before"], row["n_change"]) for row in changes(now, before)]

    assert found == [
        ("2026-W47", "2026-W46", 7, 7, 0),
        ("2026-W48", "not whole", 1, None, None),
        ("2026-W45", "not whole", None, 1, None),
    ]


def test_what_is_open_at_a_moment_is_compared_with_a_moment() -> None:
    now, before = (answer(*days, "team", ("sales", 1, 1.0, None)) for days in (FIRST, SECOND))
    caption = compared(now, before, ("rate",), standing=True).caption

    assert "before: as of" in caption
    assert " to " not in caption


def test_what_a_comparison_hides_can_be_asked_for() -> None:
    now = answer("2026-11-01", "2026-12-01", "team", ("sales", 1, 1.0, None))

    assert compared(now, now, ("rate",)).caption.endswith("; more columns: -c all")
    assert "more columns" not in compared(now, now, ("rate", "median")).caption
