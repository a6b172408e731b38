"""A ticket: what its history adds up to."""

from datetime import datetime
from enum import StrEnum

from supportq.model.channel import Channel
from supportq.values import dataclass


class Status(StrEnum):
    """Where a ticket is in its life."""

    NEW = "new"
    OPEN = "open"
    PENDING = "pending"
    ON_HOLD = "on_hold"
    RESOLVED = "resolved"
    CLOSED = "closed"
    SPAM = "spam"

    @property
    def is_active(self) -> bool:
        """Tell whether somebody still owes something."""
        return self in ACTIVE


UNSUBSCRIBED = "unsubscribed"
"""The tag of a ticket whose customer wants nothing that goes to many."""

ACTIVE = frozenset({Status.NEW, Status.OPEN, Status.PENDING, Status.ON_HOLD})
WAITING = frozenset({Status.PENDING, Status.ON_HOLD})


class Priority(StrEnum):
    """How much a ticket matters."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"

    @property
    def rank(self) -> int:
        """Return the place in the order of importance, 0 for low."""
        return _RANKS[self]

    def shifted(self, steps: int) -> "Priority":
        """Return the priority that many steps higher, staying inside the scale."""
        scale = list(Priority)
        return scale[max(0, min(len(scale) - 1, self.rank + steps))]


class Resolution(StrEnum):
    """How a ticket ended."""

    FIXED = "fixed"
    ANSWERED = "answered"
    DUPLICATE = "duplicate"
    NOT_REPRODUCIBLE = "not-reproducible"
    WITHDRAWN = "withdrawn"
    WONT_FIX = "wont-fix"


_RANKS = {priority: rank for rank, priority in enumerate(Priority)}


@dataclass(frozen=True, slots=True)
class Ticket:
    """One inquiry and all that was done about it; texts are named by the ids of their rows."""

    id: int
    created_at: datetime
    updated_at: datetime
    channel: Channel
    customer_id: int | None = None
    organisation_id: int | None = None
    subject_id: int | None = None
    status: Status = Status.NEW
    priority: Priority = Priority.NORMAL
    team: str | None = None
    line: int = 1
    assignee: str | None = None
    category: str | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    participants: tuple[tuple[int, str], ...] = ()
    links: tuple[tuple[int, str], ...] = ()
    source: str | None = None
    merged_into: int | None = None
    resolution: str | None = None
    reason_id: int | None = None
    status_at: datetime | None = None
    resolved_at: datetime | None = None
    wake_at: datetime | None = None
    closes_at: datetime | None = None
    first_message_id: int | None = None
    last_message_id: int | None = None
    unanswered_since: datetime | None = None
    reply_waiting: bool = False
    reply_failed: bool = False
    reply_count: int = 0
    reopen_count: int = 0
    rating: int | None = None
    rated_at: datetime | None = None
    comment_id: int | None = None
    follow_up_at: datetime | None = None
    spent_s: int = 0
    revision: int = 0

    def status_on(self, now: datetime) -> Status:
        """Return the status as of `now`: snoozes end and reopen windows close by themselves."""
        if self.status in WAITING and self.wake_at is not None and self.wake_at <= now:
            return Status.OPEN
        if self.status is Status.RESOLVED and self.closes_at is not None and self.closes_at < now:
            return Status.CLOSED
        return self.status

    def is_snoozed(self, now: datetime) -> bool:
        """Tell whether the ticket sleeps until a moment that lies ahead."""
        return self.wake_at is not None and self.wake_at > now
