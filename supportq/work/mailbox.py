"""The conversations of tickets as the mails of an mbox: what was said over other channels, too, but no notes."""

import re
from collections.abc import Iterable, Iterator, Sequence

from supportq.mail.mbox import ADDRESS, CHANNEL, Post, entry, is_mail, name_of, nowhere, write_post
from supportq.model.channel import Channel
from supportq.model.customer import Address, AddressKind, Customer
from supportq.model.mail import Enclosure, Mailbox
from supportq.model.message import Direction, Message
from supportq.settings.values import Settings
from supportq.store import customers, desk, enclosures, subjects, threading
from supportq.store.messages import messages_of
from supportq.store.queue import Queue
from supportq.values import dataclass

_MESSAGE_ID = re.compile(r"<[!-;=?-~]+@[!-;=?-~]+>")


@dataclass(frozen=True, slots=True)
class _Conversation:
    """What was said about a ticket, and what is needed to say it as mails."""

    ticket: int
    subject: str
    customer: Customer | None
    said: Sequence[Message]
    people: dict[int, Customer]
    names: dict[int, str]


def iter_mbox(queue: Queue, settings: Settings, numbers: Iterable[int]) -> Iterator[bytes]:
    """Yield the messages of these tickets, one ticket after another, in the form in which an mbox holds them."""
    unique = desk.queue_id(queue.connection)
    for number in numbers:
        yield from _entries(queue, settings, _conversation(queue, number, unique))


def _conversation(queue: Queue, number: int, unique: str) -> _Conversation:
    connection = queue.connection
    said = [message for message in messages_of(queue, number) if message.direction is not Direction.NOTE]
    known = threading.external_ids(connection, number)
    return _Conversation(
        number,
        subjects.subject_of(connection, number),
        customers.customers_of_tickets(connection, [number]).get(number),
        said,
        customers.read_customers(connection, [message.customer_id or 0 for message in said]),
        {message.id: _name(known.get(message.id, ""), message.id, unique) for message in said},
    )


def _name(external_id: str, message: int, unique: str) -> str:
    """Return the Message-ID of a message: the one that it has, or one that no other has."""
    return external_id if _MESSAGE_ID.fullmatch(external_id) else name_of(message, unique)


def _entries(queue: Queue, settings: Settings, talk: _Conversation) -> Iterator[bytes]:
    originals = enclosures.received(queue, talk.names)
    files = enclosures.enclosures_of(queue, talk.names)
    for place, message in enumerate(talk.said):
        mail = originals.get(message.id, b"")
        if not (message.channel is Channel.EMAIL and message.direction is Direction.IN and is_mail(mail)):
            mail = write_post(_post(talk, place, settings, _contents(queue, files.get(message.id, ()))))
        yield entry(mail, message.at)


def _contents(queue: Queue, files: Iterable[enclosures.Enclosure]) -> tuple[Enclosure, ...]:
    return tuple(Enclosure(file.name, file.content_type, enclosures.content_of(queue, file.id)) for file in files)


def _post(talk: _Conversation, place: int, settings: Settings, files: tuple[Enclosure, ...]) -> Post:
    message, before = talk.said[place], talk.said[:place]
    person = talk.people.get(message.customer_id or 0) or talk.customer
    them = _mailbox(person)
    us = _agent(message.agent, settings)
    sender, to = (them, us) if message.direction is Direction.IN else (us, them)
    marks = [("X-Supportq-Ticket", str(talk.ticket)), (CHANNEL, message.channel.value)]
    if (address := _address(person)) and address.kind is not AddressKind.EMAIL:
        marks.append((ADDRESS, address.value))
    if message.delivery:
        marks.append(("X-Supportq-Delivery", message.delivery.value))
    return Post(
        sender,
        to,
        message.subject or talk.subject,
        message.body,
        message.at,
        talk.names[message.id],
        tuple(dict.fromkeys(talk.names[other.id] for other in (*before[:1], *before[-1:]))),
        tuple(marks),
        files,
    )


def _mailbox(person: Customer | None) -> Mailbox:
    """Return the address of a customer, and for those without a mail address one that leads nowhere."""
    if person is None:
        return Mailbox("", nowhere("somebody", "supportq"))
    first = _address(person)
    if first is None:
        return Mailbox(person.name, nowhere(f"customer-{person.id}", "supportq"))
    return Mailbox(person.name, first.value if first.kind is AddressKind.EMAIL else nowhere(first.value, first.kind))


def _address(person: Customer | None) -> Address | None:
    """Return where to reach somebody, by mail if possible."""
    addresses = person.addresses if person else ()
    return min(addresses, key=lambda address: address.kind is not AddressKind.EMAIL, default=None)


def _agent(code: str | None, settings: Settings) -> Mailbox:
    agent = settings.agents.get(code or "")
    if agent is None:
        return Mailbox(settings.name, nowhere(code or "desk", "supportq"))
    return Mailbox(agent.name, agent.email or nowhere(agent.code, "supportq"))
