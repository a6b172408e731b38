"""The virtual deadline: the one moment by which the desk's work is put in order."""

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime, timedelta

from supportq.model.clock import Clock
from supportq.model.customer import Customer
from supportq.model.ticket import Ticket
from supportq.values import dataclass
from supportq.when.stamps import FOREVER


@dataclass(frozen=True, slots=True)
class Weights:
    """How many seconds earlier than its due moment a ticket is worked on, by what it is."""

    priority: Mapping[str, int] = field(default_factory=dict)
    organisation: Mapping[str, int] = field(default_factory=dict)
    reopened_s: int = 0
    reply_failed_s: int = 0


@dataclass(frozen=True, slots=True)
class Deadline:
    """A ticket's place in the order, as a sum: the earliest due moment and what moves it earlier, in seconds."""

    due_at: datetime
    weights: tuple[tuple[str, int], ...] = ()

    @property
    def moment(self) -> datetime:
        """Return the moment that tickets are sorted by; FOREVER where nothing is owed."""
        if self.due_at == FOREVER:
            return FOREVER
        return self.due_at - timedelta(seconds=sum(seconds for _, seconds in self.weights))


def deadline(ticket: Ticket, clocks: Iterable[Clock], weights: Weights, customer: Customer | None = None) -> Deadline:
    """Return when the ticket should be worked on, and why; a reply that waits in the outbox means nothing is owed."""
    moments = (ticket.follow_up_at, *(clock.late_at for clock in clocks))
    due = [moment for moment in moments if moment is not None]
    if not due or ticket.reply_waiting:
        return Deadline(FOREVER)
    organisation = customer.as_known(ticket.organisation_id).organisation if customer else ""
    parts = (
        (f"priority {ticket.priority}", weights.priority.get(ticket.priority, 0)),
        (f"organisation {organisation}", weights.organisation.get(organisation, 0)),
        ("reopened", weights.reopened_s if ticket.reopen_count else 0),
        ("reply not delivered", weights.reply_failed_s if ticket.reply_failed else 0),
    )
    return Deadline(min(due), tuple((why, seconds) for why, seconds in parts if seconds))
