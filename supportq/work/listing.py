"""Lists of tickets, most urgent first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from supportq.errors import UnknownWord
from supportq.model.filter import Filter
from supportq.model.table import Row, Table
from supportq.store.listing import TICKET_LIST, list_rows
from supportq.store.queue import Queue
from supportq.store.tickets import ids_of
from supportq.values import dataclass
from supportq.when.stamps import FOREVER, format_stamp

COUNTED_TO = 1000
"""More tickets than this are not counted for the line below a list."""

_ABSENT = (None, "", (), format_stamp(FOREVER))
_KEYS = tuple(column.key for column in TICKET_LIST)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """In which order, as `key[:desc]`, under which headings, and how many; without an order, that of the work.

    Where `only` some columns are read, the cells of all others stay empty.
    """

    sort: str | None = None
    limit: int | None = None
    group: str = ""
    only: frozenset[str] | None = None

    @property
    def order(self) -> tuple[str, bool] | None:
        """Return the column to read rows by and whether its greatest cells come first; several are sorted later."""
        if self.sort is None or "," in self.sort:
            return None
        key, _, direction = self.sort.partition(":")
        return key, direction == "desc"

    @property
    def reach(self) -> int | None:
        """Return how many rows to read: all of them, where they are sorted later."""
        return None if self.sort and not self.order else self.limit


WORK_ORDER = Arrangement()

SHOWN = frozenset(column.key for column in TICKET_LIST if column.shown)
"""The columns of a list where none were chosen."""


def listing(queue: Queue, criteria: Filter, *, now: datetime, arrangement: Arrangement = WORK_ORDER) -> Table:
    """Return the tickets that a filter means, with their standing in every row."""
    group = arrangement.group
    if group and group not in _KEYS:
        raise UnknownWord("column", group, _KEYS)
    order, reach, only = arrangement.order, arrangement.reach, arrangement.only
    rows = list_rows(queue, criteria, now=now, sort=order, limit=reach, only=only)
    return Table(TICKET_LIST, rows, group=group, standing="sla")


def caption(queue: Queue, criteria: Filter, rows: Sequence[Row], *, now: datetime, limit: int | None) -> str:
    """Say how many tickets there are, and how many of those shown are late or at risk."""
    if not rows:
        return "No ticket matches."
    total = len(rows) if limit is None or len(rows) < limit else _count(queue, criteria, now)
    known = f"{total:,}" if total <= COUNTED_TO else f"more than {COUNTED_TO:,}"
    shown = f"{len(rows)} of {known}" if total > len(rows) else f"{known} ticket{'s' * (total != 1)}"
    standings = Counter(row[_KEYS.index("sla")] for row in rows)
    alarms = [f"{standings[key]} {word}" for key, word in (("late", "late"), ("at_risk", "at risk")) if standings[key]]
    return ", ".join([shown, *alarms]) + ("; -L 0 shows all" if total > len(rows) else "")


def without_empty(table: Table, rows: Sequence[Row]) -> Table:
    """Return a list of these rows without the columns that say nothing in any of them: others need their room."""
    empty = {column.key for place, column in enumerate(table.columns) if all(row[place] in _ABSENT for row in rows)}
    return replace(table, rows=rows).choose([column.key for column in table.shown if column.key not in empty])


def _count(queue: Queue, criteria: Filter, now: datetime) -> int:
    return len(ids_of(queue, criteria, now=now, limit=COUNTED_TO + 1))
