"""Lists of tickets, most urgent first."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from supportq.errors import UnknownWord
from supportq.model.filter import Filter
from supportq.model.filter.terms import Key, Promise, Term
from supportq.model.table import Row, Table
from supportq.store.listing import TICKET_LIST, columns_with, list_rows
from supportq.store.queue import Queue
from supportq.store.tickets import ids_of
from supportq.values import dataclass
from supportq.when.stamps import FOREVER, format_stamp

COUNTED_TO = 1000
"""More tickets than this are not counted for the line below a list."""

_ALARMS = {Promise.LATE: "late", Promise.AT_RISK: "at risk"}
_DRAWN = ("id", "due", "wake", "priority", "team", "agent", "status", "reply", "customer", "subject")
"""The columns of a list that is drawn, as far as they say something in any row."""

_ABSENT = (None, "", (), format_stamp(FOREVER))


@dataclass(frozen=True, slots=True)
class Arrangement:
    """In which order, as `key[:desc]`, under which headings, and how many; without an order, that of the work.

    Where `only` some columns are read, the cells of all others stay empty; custom `fields` are columns too.
    """

    sort: str | None = None
    limit: int | None = None
    group: str = ""
    only: frozenset[str] | None = None
    fields: tuple[str, ...] = ()

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
    group, fields = arrangement.group, arrangement.fields
    columns = columns_with(fields)
    if group and group not in (keys := [column.key for column in columns]):
        raise UnknownWord("column", group, keys)
    order, reach, only = arrangement.order, arrangement.reach, arrangement.only
    rows = list_rows(queue, criteria, now=now, sort=order, limit=reach, only=only, fields=fields)
    return Table(columns, rows, group=group, standing="sla")


def caption(queue: Queue, criteria: Filter, rows: Sequence[Row], *, now: datetime, limit: int | None) -> str:
    """Say how many tickets there are, and how many of all these are late or at risk."""
    if not rows:
        return "No ticket matches."
    total = len(rows) if limit is None or len(rows) < limit else _count(queue, criteria, now)
    known = _known(total)
    shown = f"{len(rows)} of {known}" if total > len(rows) else f"{known} ticket{'s' * (total != 1)}"
    counts = {word: _count(queue, _standing(criteria, promise), now) for promise, word in _ALARMS.items()}
    alarms = [f"{_known(count)} {word}" for word, count in counts.items() if count]
    return ", ".join([shown, *alarms]) + ("; -L 0 shows all" if total > len(rows) else "")


def without_empty(table: Table, rows: Sequence[Row]) -> Table:
    """Return a list of these rows without the columns that say nothing in any of them: others need their room."""
    empty = {column.key for place, column in enumerate(table.columns) if all(row[place] in _ABSENT for row in rows)}
    return replace(table, rows=rows).choose([key for key in _DRAWN if key not in empty])


def _known(count: int) -> str:
    return f"{count:,}" if count <= COUNTED_TO else f"more than {COUNTED_TO:,}"


def _standing(criteria: Filter, promise: Promise) -> Filter:
    return Filter((*criteria.terms, Term(Key.SLA, (promise,))))


def _count(queue: Queue, criteria: Filter, now: datetime) -> int:
    return len(ids_of(queue, criteria, now=now, limit=COUNTED_TO + 1))
