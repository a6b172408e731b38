"""Everything that is known about a ticket, gathered to be read."""

from collections.abc import Mapping, Sequence

from supportq.model.clock import Clock
from supportq.model.customer import Customer
from supportq.model.event import Event
from supportq.model.message import Direction, Message
from supportq.model.ticket import Ticket
from supportq.store.customers import read_customers
from supportq.store.enclosures import Enclosure, enclosures_of
from supportq.store.histories import read_histories
from supportq.store.messages import messages_of
from supportq.store.origins import Origin, facts_from_elsewhere, origins_of
from supportq.store.projected import read_clocks, read_tickets
from supportq.store.queue import Queue
from supportq.store.texts import read_texts
from supportq.values import dataclass
from supportq.work.addressee import addressee


@dataclass(frozen=True, slots=True)
class Dossier:
    """A ticket with its subject, clocks, conversation and history; `people` are all customers who have part in it.

    `origins` are the keys that it had elsewhere, `facts` what was said of it there; `asked` is where its customer asks
    to be answered, if nobody knows whether that is theirs.
    """

    ticket: Ticket
    subject: str
    reason: str
    comment: str
    clocks: tuple[Clock, ...]
    messages: Sequence[Message]
    enclosures: Mapping[int, Sequence[Enclosure]]
    people: Mapping[int, Customer]
    history: Sequence[Event]
    origins: tuple[Origin, ...]
    facts: Mapping[str, str]
    asked: str = ""

    @property
    def customer(self) -> Customer | None:
        """Return whose ticket it is."""
        return self.people.get(self.ticket.customer_id or 0)

    def author_elsewhere(self, message: Message) -> str:
        """Return who wrote a message where it was imported from, if nobody here: that is kept as a fact."""
        if message.agent or message.direction is Direction.IN:
            return ""
        name = "author" if message.id == self.ticket.first_message_id else f"author (message {message.id})"
        return self.facts.get(name, "")


def read_dossier(queue: Queue, ticket: Ticket) -> Dossier:
    """Gather what there is about one ticket."""
    connection, number = queue.connection, ticket.id
    messages = messages_of(queue, number)
    people = {ticket.customer_id, *(person for person, _ in ticket.participants), *(m.customer_id for m in messages)}
    texts = read_texts(connection, filter(None, (ticket.subject_id, ticket.reason_id, ticket.comment_id)))
    known = read_customers(connection, filter(None, people))
    return Dossier(
        ticket,
        texts.get(ticket.subject_id or 0, ""),
        texts.get(ticket.reason_id or 0, ""),
        texts.get(ticket.comment_id or 0, ""),
        read_clocks(queue, [number])[number],
        messages,
        enclosures_of(queue, [message.id for message in messages]),
        known,
        read_histories(connection, [number])[number],
        origins_of(connection, number),
        facts_from_elsewhere(connection, number),
        addressee(queue, number, known.get(ticket.customer_id or 0)).asked,
    )


def read_dossiers(queue: Queue, numbers: Sequence[int]) -> list[Dossier]:
    """Gather what there is about each of these tickets, in their order."""
    tickets = read_tickets(queue, numbers)
    return [read_dossier(queue, tickets[number]) for number in numbers if number in tickets]
