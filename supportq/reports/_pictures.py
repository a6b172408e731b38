"""Which chart shows a table best: told by what its rows are grouped by and by what its figures are."""

from collections.abc import Sequence
from datetime import timedelta

from supportq.model.chart import Chart, Shape, Strip
from supportq.model.clock import ClockKind
from supportq.model.table import Cell, Column, Kind, Row, Table
from supportq.reports import Report
from supportq.reports._periods import PERIODS, cut_short
from supportq.reports._question import Question
from supportq.values import dataclass

MOST_BARS = 24
"""More things than this to compare are a list, which a table shows better."""

_ACROSS = {**dict.fromkeys((*PERIODS, "week_of_year"), Shape.SERIES), "clock_hour": Shape.HEAT}
"""What lies along a chart, where a table has it, and how that is drawn."""

_NAMES = frozenset({Kind.TEXT, Kind.CLOCK})


def seen(report: Report, table: Table, question: Question) -> Chart | None:
    """Return the chart of what a report answered to a question, with the periods that it holds only in part."""
    chart = chart_of(report, table, question.by)
    if chart is None or report.standing:
        return chart
    ends = (cut_short(question.since, question.until, key, question.zone) for key in question.timed)
    return chart.cut_by(frozenset[str]().union(*ends))


def chart_of(report: Report, table: Table, by: Sequence[str]) -> Chart | None:
    """Return the chart of what a report answered, or None where the table says it as well; rows are walked again."""
    names = [place for place, column in enumerate(table.columns) if _is_name(column, by)]
    across = [place for place in names if table.columns[place].key in _ACROSS]
    if report.drawn and across and names == across:
        return _beside(table, title_of(table, by), across[0], report.drawn)
    key = report.main[0] if report.main and table.find("clock_hour") is None else "n"
    figure = table.find(key)
    if figure is None:
        return None
    of = table.columns[figure].title.lower()
    title = title_of(table, by) + ("" if of == "n" or of in table.title.lower() else f", {of}")
    sight = _Sight(table, title, names, figure)
    if across:
        return _crossed(sight, across[0])
    return _stack(sight, report.parts) if report.parts else _bars(sight)


def title_of(table: Table, by: Sequence[str]) -> str:
    """Return what a table shows, and by what its title does not say."""
    keys = [column.title.lower() for column in table.columns if _is_name(column, by) and column.kind is not Kind.CLOCK]
    names = " and ".join(key for key in keys if key not in table.title.lower())
    return f"{table.title} by {names}" if names and " by " not in table.title else table.title


@dataclass(frozen=True, slots=True)
class _Sight:
    """A table, the places of what names its rows, and the place of the figure to be seen."""

    table: Table
    title: str
    names: Sequence[int]
    figure: int

    @property
    def kind(self) -> Kind:
        return self.table.columns[self.figure].kind

    def name(self, row: Row, but: int | None = None) -> str:
        """Return what a row is called, but for what stands in one place."""
        places = [place for place in self.names if place != but]
        return ", ".join(_name(self.table.columns[place], row[place], within=place != places[0]) for place in places)


def _is_name(column: Column, by: Sequence[str]) -> bool:
    return column.shown and (column.key in by or column.kind in _NAMES)


def _crossed(sight: _Sight, across: int) -> Chart | None:
    """Return a chart with a mark for each value of one column, and a strip for each of what else names rows."""
    column = sight.table.columns[across]
    marks = list(dict.fromkeys(_name(column, row[across]) for row in sight.table.rows))
    strips: dict[str, dict[str, float | None]] = {}
    for row in sight.table.rows:
        strips.setdefault(sight.name(row, but=across), {})[_name(column, row[across])] = _number(row[sight.figure])
    if len(marks) < 2:
        return None
    drawn = (Strip(name, tuple(values.get(mark) for mark in marks)) for name, values in strips.items())
    return Chart(_ACROSS[column.key], sight.title, tuple(marks), tuple(drawn), sight.kind)


def _beside(table: Table, title: str, across: int, keys: Sequence[str]) -> Chart | None:
    """Return the course of several figures, where nothing but time names a row."""
    rows = list(table.rows)
    places = [place for place, column in enumerate(table.columns) if column.key in keys]
    marks = tuple(_name(table.columns[across], row[across]) for row in rows)
    strips = (Strip(table.columns[place].title, tuple(_number(row[place]) for row in rows)) for place in places)
    return Chart(Shape.SERIES, title, marks, tuple(strips)) if len(marks) > 1 else None


def _stack(sight: _Sight, parts: Sequence[str]) -> Chart:
    columns = [column for column in sight.table.columns if column.key in parts]
    places = [sight.table.columns.index(column) for column in columns]
    strips = [Strip(sight.name(row), tuple(_number(row[place]) for place in places)) for row in sight.table.rows]
    strips = [strip for strip in strips if any(strip.known)] or strips
    return Chart(Shape.STACK, sight.title, tuple(column.title for column in columns), tuple(strips))


def _bars(sight: _Sight) -> Chart | None:
    """Return a bar for each row, where one thing names it: names of two things stand better in a table."""
    rows = list(sight.table.rows)
    if len(sight.names) != 1 or not 2 <= len(rows) <= MOST_BARS:
        return None
    values = tuple(_number(row[sight.figure]) for row in rows)
    return Chart(Shape.BARS, sight.title, tuple(map(sight.name, rows)), (Strip("", values),), sight.kind)


def _name(column: Column, cell: Cell, *, within: bool = False) -> str:
    """Return what a cell is called; within a line, words of our own have no capital."""
    if cell is None:
        return f"no {column.title.lower()}"
    name = str(cell)
    if column.kind is Kind.CLOCK:
        label = ClockKind(name).label if name in set(ClockKind) else name.replace("_", " ").capitalize()
        return label.lower() if within else label
    return f"line {name}" if column.key == "line" else name


def _number(cell: Cell) -> float | None:
    if isinstance(cell, timedelta):
        return cell.total_seconds()
    return cell if isinstance(cell, int | float) else None
