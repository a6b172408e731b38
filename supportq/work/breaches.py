"""Which promises are late or at risk: the table that people are woken up with."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain

from supportq.model.table import Cell, Column, Kind, Row, Table
from supportq.sla.pauses import open_s
from supportq.sla.terms import Book
from supportq.store.breaches import Breach

COLUMNS = (
    Column("id", "ID", Kind.NUMBER),
    Column("due", "Due", Kind.DUE),
    Column("late_by", "Late by", Kind.DURATION, shown=False),
    Column("late_working", "Working", Kind.DURATION),
    Column("clock", "Waits for"),
    Column("priority", "Priority"),
    Column("agent", "Agent"),
    Column("subject", "Subject", wide=True),
    Column("team", "Team"),
    Column("standing", "Standing", shown=False),
    Column("breached", "Breached", Kind.MOMENT, shown=False),
    Column("cause", "Cause", shown=False),
    Column("status", "Status", shown=False),
    Column("customer", "Customer", shown=False),
    Column("channel", "Channel", shown=False),
    Column("line", "Line", Kind.NUMBER, shown=False),
    Column("started", "Started", Kind.MOMENT, shown=False),
    Column("target", "Target", Kind.DURATION, shown=False),
    Column("policy", "Policy", shown=False),
    Column("hours", "Hours", shown=False),
)

GROUPS = ("team", "agent")


def breach_table(late: Iterable[Breach], at_risk: Iterable[Breach], *, book: Book, now: datetime, by: str) -> Table:
    """Return late promises and then those at risk, under the team or the agent who holds the ticket."""
    rows = _rows(chain(late, at_risk), book, now)
    return Table(COLUMNS, rows, group=by, standing="standing")


def _rows(breaches: Iterable[Breach], book: Book, now: datetime) -> Iterator[Row]:
    for breach in breaches:
        yield (
            breach.ticket_id,
            breach.due_at,
            now - breach.due_at if breach.is_late else None,
            _open_time_late(breach, book, now),
            breach.kind,
            breach.priority,
            breach.agent,
            breach.subject,
            breach.team,
            "late" if breach.is_late else "at_risk",
            breach.breached_at,
            breach.cause,
            breach.status,
            breach.customer,
            breach.channel,
            breach.line,
            breach.started_at,
            breach.target_s,
            breach.policy,
            breach.hours,
        )


def _open_time_late(breach: Breach, book: Book, now: datetime) -> Cell:
    """Return how much open time outside pauses has passed since the due moment, by the hours that were promised."""
    if not breach.is_late:
        return None
    return open_s(book.terms(breach.settings_id).hours[breach.hours], breach.due_at, now, breach.pauses)
