"""What a newer file tells of what became of a ticket at the other desk since an earlier one was read."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from supportq.model.event import Event, Kind, in_force
from supportq.model.inquiry import Inquiry
from supportq.model.message import Author, Delivery, Direction
from supportq.model.ticket import WAITING, Status, Ticket
from supportq.store.change import Change
from supportq.store.gather import Saying
from supportq.when.stamps import format_stamp
from supportq.work.past import Past, past_of

_SAID = frozenset({Kind.ASKED, Kind.REPLIED, Kind.QUEUED, Kind.NOTED, Kind.ACKNOWLEDGED})


def follow(change: Change, before: Ticket, inquiry: Inquiry, status: Status) -> None:
    """Let a ticket become what it is elsewhere now, as if only the newer file had been read.

    An end of which that file tells no moment has none, least of all that of the import; and where nothing but the
    inquiry is known of what was said, no promise is judged. What was put off until a moment that has passed is open.
    """
    status = Status.OPEN if inquiry.wake_at and inquiry.wake_at <= change.now else status
    history = [event for event in in_force(change.history(before.id)) if event.kind in _SAID]
    inquiry = replace(_plausible(inquiry, history), status=status)
    past = past_of(inquiry, inquiry.at or before.created_at, change.settings)
    is_untold = len(history) == 1
    if past.answered_at is not None and is_untold:
        _answer(change, before.id, inquiry, past)
    was = change.ticket(before.id).status_on(change.now)
    if status is Status.NEW or (was is status and inquiry.wake_at in {None, before.wake_at}):
        return
    if status is Status.OPEN:
        change.record(before.id, Kind.REOPENED)
    elif status in WAITING and not past.events:
        wake_at = inquiry.wake_at and format_stamp(inquiry.wake_at)
        change.record(before.id, Kind.WAITED, status=status, wake_at=wake_at)
    later: dict[str, Any] = {"retold": True, "unheard": True if past.is_unknown and is_untold else None}
    for at, kind, data in past.events:
        if kind is not Kind.RESOLVED or was.is_active:
            change.record(before.id, kind, at=at, **data, **later)


def _plausible(inquiry: Inquiry, said: Sequence[Event]) -> Inquiry:
    """Return what a row says, but for an end from before what is known to have been said."""
    last = max((event.at for event in said), default=None)
    is_before = last is not None and inquiry.resolved_at is not None and inquiry.resolved_at < last
    return replace(inquiry, resolved_at=None) if is_before else inquiry


def _answer(change: Change, number: int, inquiry: Inquiry, past: Past) -> None:
    """Keep that a reply was given, of whose words nothing is known."""
    at = past.answered_at
    if at is None:
        return
    saying = Saying(
        Direction.OUT,
        Author.AGENT,
        inquiry.channel,
        "",
        at,
        agent=inquiry.assignee,
        delivery=Delivery.RECORDED,
    )
    message = change.say(number, saying)
    change.record(number, Kind.REPLIED, at=at, message=message, status=past.after_reply, retold=True)
