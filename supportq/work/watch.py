"""What a live board shows: how many promises are late and at risk, and which are late and due next."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from supportq.model.clock import Level
from supportq.model.table import Column, Kind, Row, Table
from supportq.store import breaches
from supportq.store.breaches import Breach, Lookout, Name
from supportq.store.queue import Queue
from supportq.values import dataclass

MOST = 200
"""More lines than a screen has."""

COLUMNS = (
    Column("id", "ID", Kind.NUMBER),
    Column("due", "Due", Kind.DUE),
    Column("clock", "Waits for", Kind.CLOCK),
    Column("priority", "Priority"),
    Column("team", "Team"),
    Column("agent", "Agent"),
    Column("subject", "Subject", wide=True),
    Column("standing", "Standing", shown=False),
)


@dataclass(frozen=True, slots=True)
class Picture:
    """The promises as of a moment: all that are late by their names, the first of them, and the first due next."""

    now: datetime
    late_names: frozenset[Name]
    at_risk_count: int
    late: tuple[Row, ...]
    due: tuple[Row, ...]

    def table(self, rows: Iterable[Row]) -> Table:
        """Return some of the rows as a table."""
        return Table(COLUMNS, rows, standing="standing")


def look(queue: Queue, lookout: Lookout) -> Picture:
    """Return the picture of a lookout, all of it of one moment."""
    with queue.reading():
        due = [
            *_rows(breaches.iter_breaches(queue, Level.AT_RISK, lookout, MOST), Level.AT_RISK.value),
            *_rows(breaches.iter_later(queue, lookout, MOST), ""),
        ]
        return Picture(
            lookout.now,
            frozenset(breaches.names(queue, Level.LATE, lookout)),
            breaches.count(queue, Level.AT_RISK, lookout),
            tuple(_rows(breaches.iter_breaches(queue, Level.LATE, lookout, MOST), Level.LATE.value)),
            tuple(due),
        )


def _rows(found: Iterable[Breach], standing: str) -> Iterator[Row]:
    for breach in found:
        yield (
            breach.ticket_id,
            breach.due_at,
            breach.kind,
            breach.priority,
            breach.team,
            breach.agent,
            breach.subject,
            standing,
        )
