"""Resolve tickets: done, as far as we know."""

from collections.abc import Sequence
from datetime import timedelta

from supportq.model.event import Kind
from supportq.model.ticket import Ticket
from supportq.settings.values import Settings
from supportq.store.change import Change, Done, Writer
from supportq.when.stamps import format_stamp


def resolve(
    writer: Writer, tickets: Sequence[int], *, resolution: str | None = None, reason: str = "", spent_s: int = 0
) -> Done:
    """Mark tickets as resolved; a customer who writes within the reopen window opens them again."""
    with writer.change("resolve", reason=reason) as change:
        change.load(tickets)
        for number in tickets:
            mark_resolved(change, number, resolution=resolution, spent_s=spent_s)
        return change.store()


def mark_resolved(change: Change, number: int, *, resolution: str | None = None, spent_s: int = 0) -> None:
    """Record that a ticket is resolved, and warn of a customer who got no answer."""
    ticket = change.ticket(number)
    if ticket.unanswered_since is not None:
        change.warnings.append(f"{number} was resolved with a customer's message unanswered")
    if spent_s:
        change.record(number, Kind.SPENT, seconds=spent_s, line=ticket.line)
    closes_at = format_stamp(change.now + reopen_window(ticket, change.settings))
    change.record(number, Kind.RESOLVED, closes_at=closes_at, resolution=resolution, reason=change.reason_id)


def reopen_window(ticket: Ticket, settings: Settings) -> timedelta:
    """Return how long after its resolve a ticket is opened again by its customer: as its team has it."""
    team = settings.teams.get(ticket.team or "")
    return timedelta(days=team.reopen_days if team else settings.reopen_days)
