from collections.abc import Callable

import pytest

from supportq.model.table import Column, Kind, Row, Table
from supportq.reports._trimmed import trimmed, without_idle_lines

COLUMNS = (
    Column("week", "Week"),
    Column("clock", "Clock", Kind.CLOCK),
    Column("rate", "Kept", Kind.RATE),
    Column("n", "n", Kind.NUMBER),
    Column("void", "Void", Kind.NUMBER, faint=True),
)
FIRST: Row = ("first_response", 0.5, 4, 0)
NEVER: Row = ("next_response", None, 0, 0)
RESOLVED: Row = ("resolution_first", 1.0, 2, 0)
IN_ALL: Row = ("resolution_total", *RESOLVED[1:])


def table(*groups: tuple[Row, ...]) -> Table:
    return Table(COLUMNS, [(f"2026-W4{place}", *line) for place, lines in enumerate(groups) for line in lines])


def lines_of(told: Table) -> list[tuple[object, ...]]:
    return [row[:2] for row in told.rows]


def test_a_page_has_no_line_in_which_there_is_nothing_and_none_that_says_the_same_twice() -> None:
    told = trimmed(table((FIRST, NEVER, RESOLVED, IN_ALL), (FIRST, ("next_response", 1.0, 1, 0))))

    assert lines_of(told) == [
        ("2026-W40", "first_response"),
        ("2026-W40", "resolution_first"),
        ("2026-W41", "first_response"),
        ("2026-W41", "next_response"),
    ]
    assert [column.key for column in told.shown] == ["week", "clock", "rate", "n"]


def test_what_was_left_out_is_never_trimmed_away() -> None:
    told = trimmed(table((FIRST, ("next_response", None, 0, 3))))

    assert lines_of(told)[1:] == [("2026-W40", "next_response")]
    assert "void" in {column.key for column in told.shown}


def test_a_chart_keeps_each_line_whole_or_leaves_it_out() -> None:
    other_total: Row = ("resolution_total", 0.5, 2, 0)
    groups = (FIRST, NEVER, RESOLVED, IN_ALL), (FIRST, NEVER, RESOLVED, IN_ALL)
    differing = (groups[0], (FIRST, NEVER, RESOLVED, other_total))

    assert {line for _, line in lines_of(without_idle_lines(table(*groups)))} == {"first_response", "resolution_first"}
    assert len(lines_of(without_idle_lines(table(*differing)))) == 6


@pytest.mark.parametrize("trim", [trimmed, without_idle_lines])
def test_a_table_of_nothing_keeps_its_lines(trim: Callable[[Table], Table]) -> None:
    assert len(lines_of(trim(table((NEVER, NEVER))))) == 2
