"""The past of an inquiry that comes from another desk: what became of it there, as far as that is known."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from supportq.model.event import Kind
from supportq.model.inquiry import Inquiry
from supportq.model.message import Direction
from supportq.model.ticket import WAITING, Status
from supportq.settings.values import Settings
from supportq.values import dataclass
from supportq.when.stamps import format_stamp

_HANDLED = frozenset({Status.PENDING, Status.ON_HOLD, Status.RESOLVED, Status.CLOSED})
_DONE = frozenset({Status.RESOLVED, Status.CLOSED})


@dataclass(frozen=True, slots=True)
class Past:
    """What happened to an inquiry before it came here.

    `opens` says that somebody had looked at it, `is_unknown` that it was dealt with and nobody knows when; a reply of
    `answered_at` left it in `after_reply`; from `closes_at` on its customer can't reopen it.
    """

    opens: bool = False
    is_unknown: bool = False
    answered_at: datetime | None = None
    after_reply: Status | None = None
    events: tuple[tuple[datetime, Kind, dict[str, Any]], ...] = ()
    closes_at: datetime | None = None


FRESH = Past()


def past_of(inquiry: Inquiry, at: datetime, settings: Settings) -> Past:
    """Return what a file says of an inquiry that came in at that moment."""
    status = inquiry.status or (Status.RESOLVED if inquiry.resolved_at else None)
    if status in {None, Status.NEW} and inquiry.answered_at is None:
        return FRESH if status or not (inquiry.team or inquiry.assignee) else Past(opens=True)
    answered_at = _reply_of(inquiry)
    if inquiry.answered_at and not answered_at:
        status = after_reply(status) or status
    ended_at = inquiry.resolved_at or inquiry.answered_at or at
    if inquiry.direction is Direction.IN:
        ended_at = max(ended_at, at)
    window = _window(inquiry.team, settings)
    closes_at = ended_at + window if status is Status.RESOLVED else ended_at
    is_handled = status in _HANDLED or inquiry.answered_at is not None
    return Past(
        opens=status is Status.OPEN,
        is_unknown=answered_at is None and is_handled and inquiry.direction is Direction.IN,
        answered_at=answered_at,
        after_reply=after_reply(status),
        events=tuple(_events(inquiry, status, at, ended_at, ended_at + window)),
        closes_at=closes_at if status in _DONE else None,
    )


def _reply_of(inquiry: Inquiry) -> datetime | None:
    """Return when a reply was given; of a list without messages that is a figure of another desk and proves none."""
    return inquiry.answered_at if inquiry.body else None


def after_reply(status: Status | None) -> Status | None:
    """Return the status that a reply left behind; None where another event says what came of it."""
    if status is None:
        return Status.PENDING
    return Status.OPEN if status is Status.NEW else status if status in WAITING or status is Status.OPEN else None


def _events(
    inquiry: Inquiry, status: Status | None, at: datetime, ended_at: datetime, closes_at: datetime
) -> Iterator[tuple[datetime, Kind, dict[str, Any]]]:
    is_told = _reply_of(inquiry) is not None or inquiry.is_reply
    if status in WAITING and (inquiry.wake_at or not is_told):
        wake_at = inquiry.wake_at and format_stamp(inquiry.wake_at)
        yield inquiry.answered_at or at, Kind.WAITED, {"status": status, "wake_at": wake_at}
    if status in _DONE:
        unknown = None if inquiry.resolved_at else True
        yield ended_at, Kind.RESOLVED, {"closes_at": format_stamp(closes_at), "no_data": unknown, "undated": unknown}
    if status is Status.CLOSED:
        yield ended_at, Kind.CLOSED, {}
    if status is Status.SPAM:
        yield ended_at, Kind.SPAMMED, {}


def _window(team: str | None, settings: Settings) -> timedelta:
    """Return how long after its resolve a ticket of this team can be reopened."""
    found = settings.teams.get(team or "")
    return timedelta(days=found.reopen_days if found else settings.reopen_days)
