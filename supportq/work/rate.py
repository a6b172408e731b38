"""Ratings: what customers thought of how a ticket was dealt with, 1 to 5, and who should hear from us again."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from supportq.errors import UsageError
from supportq.model.event import Kind
from supportq.model.ticket import Status
from supportq.sla.hours import opening
from supportq.store.change import Change, Done, Writer
from supportq.when.stamps import format_stamp
from supportq.work.moves import Refused, check_not_finished

SCORES = ("1", "2", "3", "4", "5")

LOW = 2
"""A customer who gave this or less should hear from us again."""

FOLLOW_UP_WITHIN = timedelta(days=1)


def rate(writer: Writer, tickets: Sequence[int], score: int, *, comment: str = "", at: datetime | None = None) -> Done:
    """Record what a customer gave each of these tickets, in the place of what they gave before.

    A low rating asks for a follow-up a day later, or once the ticket's team is there again after that, which a reply
    or a dismissal ends; it opens nothing and starts no clock. Raise Refused for spam and for merged tickets.
    """
    with writer.change("rate") as change:
        change.load(tickets)
        comment_id = change.text("reason", comment)
        rated_at = at or change.now
        for number in tickets:
            _check(change, number, rated_at)
            due_at = format_stamp(_follow_up_at(change, number, rated_at)) if score <= LOW else None
            change.record(number, Kind.RATED, at=rated_at, rating=score, comment=comment_id, due_at=due_at)
        return change.store()


def _follow_up_at(change: Change, number: int, rated_at: datetime) -> datetime:
    """Return when somebody is to get back to the customer: a day later, while the ticket's team is there."""
    team = change.settings.teams.get(change.ticket(number).team or "")
    hours = team.hours if team else change.settings.policies[-1].hours
    return opening(change.settings.hours[hours], rated_at + FOLLOW_UP_WITHIN)


def _check(change: Change, number: int, rated_at: datetime) -> None:
    ticket = change.ticket(number)
    check_not_finished(change, number, "its rating would count nowhere", frozenset({Status.SPAM}))
    if ticket.merged_into is not None:
        raise Refused(
            f"{number} was merged into {ticket.merged_into}", f"rate that: supportq rate {ticket.merged_into}"
        )
    if rated_at > change.now:
        raise UsageError("a rating can't have been given later than now", "leave out --at, or name an earlier time")
    if rated_at < ticket.created_at:
        raise UsageError(f"{number} can't have been rated before it came in", "name a later --at")
