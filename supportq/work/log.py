"""Log an inquiry, what a customer said about a ticket, or a first word of ours."""

from collections.abc import Sequence
from dataclasses import field
from datetime import datetime
from typing import TYPE_CHECKING

from supportq.errors import UsageError
from supportq.model.inquiry import Inquiry
from supportq.model.ticket import Status
from supportq.rules.engine import Step
from supportq.store import sources
from supportq.store.change import Change, Done, Writer
from supportq.values import dataclass
from supportq.work.door import Arrived, Door
from supportq.work.habits import Habits
from supportq.work.spent import record_spent

if TYPE_CHECKING:
    from supportq.store.attachments import Attached

SOURCE = "log"
"""Keys given by hand are kept apart from those of imports."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How an inquiry is logged: what it belongs to, what was done about it at once.

    `to` is the ticket that the customer speaks of, `answer` what we said while they were there, None for nothing;
    `is_ours` makes it a first word of ours.
    """

    to: int | None = None
    has_customer: bool = True
    is_ours: bool = False
    answer: str | None = None
    is_resolved: bool = False
    uses_rules: bool = True
    spent_s: int = 0
    attached: "Sequence[Attached]" = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Logged:
    """What became of it: `ticket` is where it is now, in which status; `is_known` that its key was logged before."""

    done: Done
    ticket: int
    subject: str = ""
    is_new: bool = False
    due_at: datetime | None = None
    status: Status = Status.NEW
    steps: tuple[Step, ...] = ()
    is_known: bool = False


def log(writer: Writer, inquiry: Inquiry, manner: Manner) -> Logged:
    """Log an inquiry; one whose key was logged before is left as it is."""
    with writer.change("log") as change:
        known = sources.known(change.queue.connection, SOURCE, [inquiry.key]) if inquiry.key else {}
        if known:
            return Logged(Done(0), known[inquiry.key or ""].ticket_id, is_known=True)
        _check_moment(change, inquiry, manner.to)
        arrived = _taken_in(change, inquiry, manner)
        if manner.attached:
            from supportq.store.attachments import keep

            keep(change, arrived.message, manner.attached)
        record_spent(change, arrived.ticket, manner.spent_s)
        if manner.is_resolved:
            from supportq.work.resolve import mark_resolved

            mark_resolved(change, arrived.ticket, at=inquiry.at)
        due = [clock.due_at for clock in change.clocks(arrived.ticket) if clock.standing.is_live and clock.due_at]
        status = change.ticket(arrived.ticket).status
        done = change.store()
    return Logged(done, arrived.ticket, inquiry.title, arrived.is_new, min(due, default=None), status, arrived.steps)


def _check_moment(change: Change, inquiry: Inquiry, to: int | None) -> None:
    if inquiry.at is None:
        return
    if inquiry.at > change.now:
        raise UsageError("nothing can be logged before it happened", "leave out --at, or name an earlier time")
    if to is not None and inquiry.at < change.ticket(to).created_at:
        raise UsageError(f"{to} had not come in yet by then", "name a later --at      or leave out --to: a new ticket")


def _taken_in(change: Change, inquiry: Inquiry, manner: Manner) -> Arrived:
    habits = Habits.of(change.settings, change.now) if manner.uses_rules else None
    door = Door.open(change, [inquiry], source=SOURCE if inquiry.key else "", habits=habits)
    if manner.is_ours:
        arrived = door.begin(inquiry)
    else:
        owner = change.customer(manner.to) if manner.to is not None and not manner.has_customer else None
        arrived = door.take(inquiry, to=manner.to, customer=owner)
    if manner.answer is not None:
        door.answer(arrived.ticket, inquiry.channel, manner.answer, inquiry.at or change.now)
    door.shut()
    return arrived
