"""An ending: a ticket is done with, for good or until it is opened again."""

from datetime import datetime
from enum import StrEnum

from supportq.model.ticket import Priority
from supportq.values import dataclass


class EndingKind(StrEnum):
    """By what a ticket was done with."""

    RESOLVED = "resolved"
    CLOSED = "closed"
    SPAM = "spam"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Waits:
    """Whole seconds that a ticket spent in each status until an ending, net of the pauses of its promise."""

    new_s: int
    open_s: int
    pending_s: int
    on_hold_s: int
    net_s: int


@dataclass(frozen=True, slots=True)
class Ending:
    """One end of a ticket: when and how, who held it, and how long that took.

    `is_first` and `is_last` are those of its resolves. Times until then are without those between an end and a
    reopening; `business` ones are open time of `hours`. Both are None where an import knew nothing of what happened.
    """

    ticket_id: int
    ordinal: int
    kind: EndingKind
    ended_at: datetime
    team: str | None
    assignee: str | None
    priority: Priority
    line: int
    hours: str
    calendar: Waits | None = None
    business: Waits | None = None
    reopened_at: datetime | None = None
    is_first: bool = False
    is_last: bool = False
