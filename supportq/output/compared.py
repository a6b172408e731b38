"""A main figure in words, and how it has changed."""

from supportq.model.overview import Figure
from supportq.model.table import Column, Kind
from supportq.output.cells import writers_of_words
from supportq.output.sheet import Sheet


def told_value(figure: Figure, sheet: Sheet) -> str:
    """Return a figure in words; `none` where there was nothing to measure."""
    return _told(figure.value, figure.kind, sheet)


def told_change(figure: Figure, sheet: Sheet) -> str:
    """Return by how much a figure went up or down, and from where: up 5 from 37."""
    change = figure.change
    if change is None:
        return "" if figure.before is None else f"was {_told(figure.before, figure.kind, sheet)}"
    if not change:
        return "as before"
    way, before = "up" if change > 0 else "down", _told(figure.before, figure.kind, sheet)
    return f"{way} {_difference(abs(change), figure.kind, sheet)} from {before}"


def _difference(change: float, kind: Kind, sheet: Sheet) -> str:
    """Return a difference in words; that of two percentages is one of points."""
    if kind is not Kind.RATE:
        return _told(change, kind, sheet)
    points = round(change * 100)
    return {0: "less than a point", 1: "1 point"}.get(points, f"{points} points")


def _told(value: float | None, kind: Kind, sheet: Sheet) -> str:
    if value is None:
        return "none"
    if kind is Kind.NUMBER and isinstance(value, int):
        return f"{value:,}"
    (write,) = writers_of_words([Column("", "", kind)], sheet)
    return write(value)
