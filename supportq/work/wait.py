"""Park tickets until a moment, or until somebody else has done their part."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from supportq.errors import UsageError
from supportq.model.event import Kind
from supportq.model.ticket import Status, Ticket
from supportq.settings.values import Settings
from supportq.sla.hours import Hours, add, day_span, opening
from supportq.store.change import Change, Done, Writer
from supportq.when import NamedDay, WorkingTime, format_stamp
from supportq.work.moves import already, check_move, check_not_finished


class Awaited(StrEnum):
    """Who owes something while a ticket is parked."""

    CUSTOMER = "customer"
    THIRD_PARTY = "third-party"


_STATUS = {Awaited.CUSTOMER: Status.PENDING, Awaited.THIRD_PARTY: Status.ON_HOLD}

Until = datetime | WorkingTime | NamedDay


def wait(
    writer: Writer, tickets: Sequence[int], *, until: Until | None, awaited: Awaited | None, reason: str = ""
) -> Done:
    """Park tickets; with a moment they come back by themselves, without one when the customer writes."""
    if until is None and awaited is None:
        raise UsageError("wait until when, or for whom?", "such as: --until tomorrow, --for customer")
    with writer.change("wait", reason=reason) as change:
        change.load(tickets)
        for number in tickets:
            check_not_finished(change, number, "there is nothing to wait for")
            park(change, number, until=until, status=_STATUS[awaited] if awaited else None)
        return change.store()


def park(change: Change, number: int, *, until: Until | None, status: Status | None = None) -> None:
    """Record that a ticket waits; without a status it keeps its own and pauses no clock."""
    if status is not None:
        check_move(change, number, status)
    wake_at = None if until is None else _moment(until, change.ticket(number), change)
    if wake_at is not None and wake_at <= change.now:
        raise UsageError("a ticket can't wait until a moment that has passed", "such as: --until 2h, --until mon 9:00")
    ticket = change.ticket(number)
    if (status or ticket.status, wake_at) == (ticket.status, ticket.wake_at):
        already(change, number, "parked like that")
        return
    change.record(number, Kind.WAITED, status=status, wake_at=wake_at and format_stamp(wake_at))


def _moment(until: Until, ticket: Ticket, change: Change) -> datetime:
    """Return the moment that is meant; working time passes, and days begin, in the hours that the ticket goes by."""
    if isinstance(until, datetime):
        return until
    hours = _hours_of(ticket, change.settings)
    if isinstance(until, NamedDay):
        return until.morning if hours.never_closes else opening(hours, until.start)
    return add(hours, change.now, until.days * day_span(hours) + (until.span or timedelta()))


def _hours_of(ticket: Ticket, settings: Settings) -> Hours:
    """Return the hours of the ticket's team; without one, those of the promise that is made about every ticket."""
    team = settings.teams.get(ticket.team or "")
    return settings.hours[team.hours if team else settings.policies[-1].hours]
