from datetime import timedelta
from pathlib import Path

import pytest
from desks import a_friday_desk
from running import run

from supportq.model.chart import Shape
from supportq.model.table import Column, Kind, Table
from supportq.reports import Report
from supportq.reports._pictures import MOST_BARS, chart_of

N = Column("n", "n", Kind.NUMBER)
RATE = Column("rate", "Kept", Kind.RATE)
WEEK, TEAM, CLOCK = Column("week", "Week"), Column("team", "Team"), Column("clock", "Clock", Kind.CLOCK)


def report(main: tuple[str, ...] = (), parts: tuple[str, ...] = ()) -> Report:
    return Report("any", (), lambda _queue, _question: Table((), ()), main, parts=parts)


def test_periods_make_a_series_with_a_strip_for_each_thing_beside_them() -> None:
    rows = [("2026-W46", None, 3), ("2026-W47", None, 5), ("2026-W47", "sales", 2)]
    chart = chart_of(report(), Table((WEEK, TEAM, N), rows, title="Arrivals"), ("week", "team"))

    assert chart is not None
    assert (chart.shape, chart.title, chart.marks) == (
        Shape.SERIES,
        "Arrivals by week and team",
        ("2026-W46", "2026-W47"),
    )
    assert [(strip.name, strip.values) for strip in chart.strips] == [("no team", (3, 5)), ("sales", (None, 2))]


def test_the_main_figure_of_a_report_is_what_its_chart_shows() -> None:
    rows = [("first_response", 0.5, 4), ("every_clock", None, 0)]
    chart = chart_of(report(main=("rate",)), Table((CLOCK, RATE, N), rows, title="SLA"), ())

    assert chart is not None
    assert (chart.shape, chart.kind, chart.marks) == (Shape.BARS, Kind.RATE, ("First response", "Every clock"))
    assert chart.strips[0].values == (0.5, None)


def test_parts_make_a_stack_for_each_group() -> None:
    young, old = Column("young", "< 1d", Kind.NUMBER), Column("old", "> 1d", Kind.NUMBER)
    chart = chart_of(report(parts=("young", "old")), Table((N, young, old), [(5, 2, 3)], title="Backlog"), ())

    assert chart is not None
    assert (chart.shape, chart.title, chart.marks) == (Shape.STACK, "Backlog", ("< 1d", "> 1d"))
    assert chart.strips[0].values == (2, 3)


def test_durations_are_drawn_in_seconds_however_they_come() -> None:
    median = Column("median", "Median", Kind.DURATION)
    table = Table((TEAM, median), [("sales", timedelta(minutes=2)), ("technical", 60)], title="Response")
    chart = chart_of(report(main=("median",)), table, ("team",))

    assert chart is not None
    assert chart.strips[0].values == (120, 60)


def test_a_table_in_which_two_things_name_a_row_is_read() -> None:
    rows = [("sales", "first_response", 0.5), ("sales", "update", 0.7)]

    assert chart_of(report(main=("rate",)), Table((TEAM, CLOCK, RATE), rows), ("team",)) is None


@pytest.mark.parametrize("count", [0, 1, MOST_BARS + 1])
def test_what_a_table_says_as_well_has_no_chart(count: int) -> None:
    assert chart_of(report(), Table((TEAM, N), [(f"team {number}", 1) for number in range(count)]), ("team",)) is None


def test_a_terminal_shows_a_chart_and_a_pipe_the_table_alone(tmp_path: Path) -> None:
    queue = a_friday_desk(tmp_path)
    shown, piped = (
        run("report", "volume", "--by", "channel", queue=queue, terminal=is_terminal).out
        for is_terminal in (True, False)
    )

    assert "email  4 ████" in shown
    assert shown.count("Arrivals") == 1
    assert "█" not in piped


def test_the_course_of_several_figures_is_drawn_together_where_time_alone_names_a_row() -> None:
    created, resolved = Column("created", "Created", Kind.NUMBER), Column("resolved", "Resolved", Kind.NUMBER)
    flow = Report("flow", (), lambda _queue, _question: Table((), ()), ("resolved",), drawn=("created", "resolved"))
    chart = chart_of(flow, Table((WEEK, created, resolved), [("2026-W46", 3, 1), ("2026-W47", 2, 4)]), ("week",))

    assert chart is not None
    assert [(strip.name, strip.values) for strip in chart.strips] == [("Created", (3, 2)), ("Resolved", (1, 4))]


def test_hours_of_the_week_make_a_heat_map_of_how_many_came() -> None:
    columns = (
        Column("weekday", "Weekday"),
        Column("clock_hour", "Hour"),
        N,
        Column("per_hour", "An hour", Kind.NUMBER),
    )
    rows = [(day, hour, 2, 0.1) for day in ("Mon", "Tue") for hour in ("00", "01", "02")]
    chart = chart_of(report(main=("per_hour",)), Table(columns, rows, title="Arrivals by hour of the week"), ())

    assert chart is not None
    assert (chart.shape, chart.title, chart.marks) == (Shape.HEAT, "Arrivals by hour of the week", ("00", "01", "02"))
    assert [(strip.name, strip.values) for strip in chart.strips] == [("Mon", (2, 2, 2)), ("Tue", (2, 2, 2))]
