"""Ticket numbers, one on each line, ready for another command's `-`."""

from collections.abc import Iterator

from supportq.errors import UsageError
from supportq.model.table import Table
from supportq.output.sheet import Sheet


def write(table: Table, _sheet: Sheet) -> Iterator[str]:
    """Yield the number of each row, whichever columns were chosen."""
    place = table.find("id")
    if place is None:
        raise UsageError("these rows have no ids", "choose another format: -f tsv")
    return (f"{row[place]}\n" for row in table.rows)
