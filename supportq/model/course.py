"""A course: how a ticket came to be resolved first, through whose hands it went, and what came after."""

from datetime import datetime

from supportq.model.ticket import Priority
from supportq.values import dataclass


@dataclass(frozen=True, slots=True)
class Stay:
    """How long a ticket stayed with one line of support: in calendar time, and in open time."""

    line: int
    elapsed_s: int
    business_s: int


@dataclass(frozen=True, slots=True)
class Course:
    """A ticket that was resolved at least once; until `decided_at` its customer could open it again.

    `team`, `assignee`, `priority` and `line` are those that held it at its first resolve, handovers are the changes of
    hands before that, `stays` its time on each line. `reply_count` counts the human messages to the customer until
    `decided_at`; by `is_one_contact` none of them came after a second message of the customer's. Where `is_known` is
    false, an import knew nothing of what was said.
    """

    ticket_id: int
    resolved_at: datetime
    decided_at: datetime
    team: str | None
    assignee: str | None
    priority: Priority
    line: int
    agent_handover_count: int
    team_handover_count: int
    line_handover_count: int
    stays: tuple[Stay, ...]
    is_known: bool
    reply_count: int = 0
    is_one_contact: bool = True
    reopened_at: datetime | None = None
    resolve_count: int = 1
    reopen_count: int = 0
