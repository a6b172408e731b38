"""Ticket numbers, one on each line, ready for another command's `-`."""

from collections.abc import Iterable, Iterator
from itertools import filterfalse

from supportq.errors import UsageError
from supportq.model.table import Cell, Table
from supportq.output.sheet import Sheet


def write(table: Table, _sheet: Sheet) -> Iterator[str]:
    """Yield the number of each row once, whichever columns were chosen."""
    place = table.find("id")
    if place is None:
        raise UsageError("these rows have no ids", "choose another format: -f tsv")
    return (f"{number}\n" for number in _once(row[place] for row in table.rows))


def _once(numbers: Iterable[Cell]) -> Iterator[Cell]:
    seen = set[Cell]()
    for number in filterfalse(seen.__contains__, numbers):
        seen.add(number)
        yield number
