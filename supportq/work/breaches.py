"""Which promises are late, were missed or are at risk: the table that people are woken up with."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from supportq.model.table import Cell, Column, Kind, Row, Table
from supportq.settings.values import Settings
from supportq.sla.hours import opening
from supportq.sla.pauses import open_s
from supportq.sla.terms import Book
from supportq.store.breaches import Breach

COLUMNS = (
    Column("id", "ID", Kind.NUMBER),
    Column("due", "Due", Kind.DUE),
    Column("late_by", "Late by", Kind.DURATION, shown=False),
    Column("late_working", "Working", Kind.OPEN_TIME),
    Column("clock", "Waits for", Kind.CLOCK),
    Column("reply", "Reply", shown=False),
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
    Column("target", "Target", Kind.OPEN_TIME, shown=False),
    Column("policy", "Policy", shown=False),
    Column("hours", "Hours", shown=False),
)


def breach_table(breaches: Iterable[Breach], *, book: Book, now: datetime, by: str = "") -> Table:
    """Return promises in the order in which they come, under the team or the agent who holds the ticket."""
    return Table(COLUMNS, _rows(breaches, book, now), group=by, standing="standing")


def closed_teams(settings: Settings, now: datetime) -> list[str]:
    """Return the teams whose hours don't run now; an empty name, for tickets of no team, where all are closed."""
    teams = settings.teams.values()
    closed = [team.code for team in teams if opening(settings.hours[team.hours], now) != now]
    return [*closed, ""] if closed and len(closed) == len(teams) else closed


def next_opening(settings: Settings, teams: Iterable[str], now: datetime) -> tuple[str, datetime] | None:
    """Return which of these teams is open next, and when; an empty name stands for all teams."""
    named = set(teams)
    waited = settings.teams.values() if "" in named else [settings.teams[code] for code in named & {*settings.teams}]
    found = [(opening(settings.hours[team.hours], now), team.name) for team in waited]
    return min(found)[::-1] if found else None


def _rows(breaches: Iterable[Breach], book: Book, now: datetime) -> Iterator[Row]:
    for breach in breaches:
        late_until = breach.stopped_at or now
        yield (
            breach.ticket_id,
            breach.due_at,
            late_until - breach.due_at if breach.breached_at else None,
            _open_time_late(breach, book, late_until),
            breach.kind,
            breach.reply,
            breach.priority,
            breach.agent,
            breach.subject,
            breach.team,
            breach.level.value,
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


def _open_time_late(breach: Breach, book: Book, until: datetime) -> Cell:
    """Return how much open time outside pauses has passed since the due moment, by the hours that were promised."""
    if breach.breached_at is None:
        return None
    return open_s(book.terms(breach.settings_id).hours[breach.hours], breach.due_at, until, breach.pauses)
