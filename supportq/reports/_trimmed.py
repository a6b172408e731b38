"""Tables as a page shows them: without the lines and columns in which there is nothing to read."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from supportq.model.clock import ClockKind
from supportq.model.table import Column, Kind, Row, Table

_FIGURES = frozenset({Kind.NUMBER, Kind.RATE, Kind.DURATION, Kind.MONEY})


def trimmed(table: Table) -> Table:
    """Return a table without its idle lines, group by group, and without columns of zeros about what was left out."""
    rows = list(table.rows)
    place = _lines_at(table)
    if place is not None:
        groups: defaultdict[Row, list[Row]] = defaultdict(list)
        for row in rows:
            groups[row[:place]].append(row)
        rows = [row for group in groups.values() for row in _told(group, table, place)] or rows
    columns = (
        replace(column, shown=column.shown and (not column.faint or any(row[at] for row in rows)))
        for at, column in enumerate(table.columns)
    )
    return replace(table, rows=rows, columns=tuple(columns))


def without_idle_lines(table: Table) -> Table:
    """Return a table without the lines in which no group has anything: each other line keeps all of its rows."""
    rows = list(table.rows)
    place = _lines_at(table)
    if place is None:
        return replace(table, rows=rows)
    lines: defaultdict[object, list[Row]] = defaultdict(list)
    for row in rows:
        lines[row[place]].append(row)
    sums = [_united(line, table, place) for line in lines.values()]
    kept = {row[place] for row in _told(sums, table, place)}
    return replace(table, rows=[row for row in rows if row[place] in kept] or rows)


def _lines_at(table: Table) -> int | None:
    """Return the place of what names the lines of each group: a kind of clock, or what was timed."""
    return next((place for place, column in enumerate(table.columns) if column.kind is Kind.CLOCK), None)


def _told(lines: Iterable[Row], table: Table, place: int) -> list[Row]:
    """Return the lines of a group that say something, and that not twice."""
    told: list[Row] = []
    for row in lines:
        if not any(row[at] for at in _figures(table.columns)):
            continue
        is_total = row[place] == ClockKind.RESOLUTION_TOTAL
        if not (is_total and told and told[-1][place + 1 :] == row[place + 1 :]):
            told.append(row)
    return told


def _united(line: Sequence[Row], table: Table, place: int) -> Row:
    """Return one row in which each cell has something where that of any group has, and the same for the same."""
    cells = (tuple(row[at] for row in line) for at in range(len(table.columns)))
    return tuple(line[0][place] if at == place else str(cell) if any(cell) else None for at, cell in enumerate(cells))


def _figures(columns: Iterable[Column]) -> list[int]:
    return [at for at, column in enumerate(columns) if column.kind in _FIGURES]
