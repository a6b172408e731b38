"""Columns that are called a time, as `Time to Resolution`, and hold moments: taken as such where they can be true."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from supportq.intake.fields import Field, find_field, fold
from supportq.intake.table import Row, Table

_TOLD = {
    "first response time": (Field.ANSWERED_AT, "First response at"),
    "time to resolution": (Field.RESOLVED_AT, "Resolved at"),
    "resolution time": (Field.RESOLVED_AT, "Resolved at"),
}
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*")
_MARGIN = timedelta(days=1)
"""Nobody knows their zone yet: what is this near to now may lie ahead."""


def with_moments(table: Table, now: datetime) -> Table:
    """Return the table with columns of the moments that stand where a length of time is told.

    They are left out of a row in which they are out of order, lie ahead, or are written otherwise than when it came in.
    """
    came_in = next((place for place, header in enumerate(table.columns) if find_field(header) is Field.AT), None)
    places = _places(table.columns)
    if came_in is None or not places:
        return table
    latest = (now - _MARGIN).isoformat(sep=" ")

    def rows() -> Iterator[Row]:
        for row in table.rows():
            told = (
                [] if row.fault else _sane([row.cells[place].strip() for place in (came_in, *places.values())], latest)
            )
            more = told or [""] * len(places)
            yield row._replace(cells=[*row.cells, *more], kept=row.kept or row.cells)

    headers = tuple(_TOLD[told][1] for told in places)
    return replace(table, columns=(*table.columns, *headers), rows=rows, header=table.header or table.columns)


def _places(headers: Sequence[str]) -> Mapping[str, int]:
    """Return where such columns stand, in the order of what they tell, but for what another column says outright."""
    said = {find_field(header) for header in headers}
    keys = [fold(header).removeprefix("ticket ") for header in headers]
    found = {told: keys.index(told) for told, (field, _) in _TOLD.items() if told in keys and field not in said}
    return {told: found[told] for told in list(found)[:2]}


def _sane(cells: Sequence[str], latest: str) -> list[str]:
    """Return the moments behind the first one, if all are written alike and follow one another; else nothing."""
    moments = [cell for cell in cells if cell]
    are_alike = all(len(cell) == len(cells[0]) and _MOMENT.fullmatch(cell) for cell in moments)
    in_order = [cell.replace("T", " ") for cell in moments]
    if not cells[0] or not are_alike or in_order != sorted(in_order) or in_order[-1] > latest:
        return []
    return list(cells[1:])
