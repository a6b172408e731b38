"""Resolve tickets: done, as far as we know."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from supportq.model.event import Kind
from supportq.model.ticket import Status, Ticket
from supportq.settings.values import Settings
from supportq.store.change import Change, Done, Writer
from supportq.when.stamps import format_stamp
from supportq.work.moves import (
    FINAL,
    already,
    check_move,
    check_not_finished,
    status_of,
    warn_of_waiting_reply,
    warn_unanswered,
)
from supportq.work.spent import record_spent


def resolve(
    writer: Writer, tickets: Sequence[int], *, resolution: str | None = None, reason: str = "", spent_s: int = 0
) -> Done:
    """Mark tickets as resolved; a customer who writes within the reopen window opens them again."""
    with writer.change("resolve", reason=reason) as change:
        change.load(tickets)
        for number in tickets:
            if status_of(change, number) is Status.RESOLVED:
                already(change, number, Status.RESOLVED)
            else:
                warn_of_waiting_reply(change, number)
                mark_resolved(change, number, resolution=resolution, spent_s=spent_s)
        return change.store()


def mark_resolved(
    change: Change, number: int, *, resolution: str | None = None, spent_s: int = 0, at: datetime | None = None
) -> None:
    """Record that a ticket is resolved, and warn of a customer who got no answer."""
    check_not_finished(change, number, "it can't be resolved", FINAL)
    check_move(change, number, Status.RESOLVED)
    warn_unanswered(change, number)
    record_spent(change, number, spent_s)
    closes_at = format_stamp((at or change.now) + reopen_window(change.ticket(number), change.settings))
    change.record(number, Kind.RESOLVED, at=at, closes_at=closes_at, resolution=resolution, reason=change.reason_id)


def reopen_window(ticket: Ticket, settings: Settings) -> timedelta:
    """Return how long after its resolve a ticket is opened again by its customer: as its team has it."""
    team = settings.teams.get(ticket.team or "")
    return timedelta(days=team.reopen_days if team else settings.reopen_days)
