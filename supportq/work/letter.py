"""A reply as a letter: who it is from, to whom it goes, what it answers."""

from hashlib import blake2b

from supportq.errors import SupportqError
from supportq.mail.threading import signed_id
from supportq.mail.writing import Letter
from supportq.model.customer import AddressKind, Customer, Person
from supportq.model.mail import Enclosure, Mailbox
from supportq.settings.values import Agent
from supportq.store import customers, desk, subjects
from supportq.store.change import Writer
from supportq.store.mailroom import signing_key
from supportq.store.threading import last_external_id
from supportq.work.reply import Manner


def letter_of(writer: Writer, number: int, body: str, manner: Manner) -> Letter:
    """Return the letter that carries a reply; raise SupportqError where an address is missing."""
    connection = writer.queue.connection
    customer = customers.customers_of_tickets(connection, [number]).get(number)
    sender = _sender(writer.settings.agents[writer.actor])
    at = manner.at or writer.now
    return Letter(
        ticket=number,
        sender=sender,
        to=_mailbox(customer, number),
        subject=subjects.subject_of(connection, number),
        body=body,
        at=at,
        message_id=_message_id(writer, number, f"{at.isoformat()} {body}", sender),
        cc=tuple(_mailbox(person, number) for person in manner.cc),
        answers=last_external_id(connection, number) or "",
        enclosures=tuple(Enclosure(file.name, file.content_type, file.data) for file in manner.attached),
    )


def _message_id(writer: Writer, number: int, said: str, sender: Mailbox) -> str:
    """Name a mail: no other reply of this or any queue has the same name, and an answer to it proves to be one."""
    unique = f"{desk.queue_id(writer.queue.connection)} {number} {said}"
    name = blake2b(unique.encode(), digest_size=12).digest()
    return signed_id(signing_key(writer.queue.connection), number, name, sender.address.rpartition("@")[2])


def _sender(agent: Agent) -> Mailbox:
    if not agent.email:
        raise SupportqError(
            f"{agent.code} has no mail address that a reply could come from",
            f"add it: supportq config set agents.{agent.code}.email ADDRESS",
        )
    return Mailbox(agent.name, agent.email)


def _mailbox(person: Customer | Person | None, number: int) -> Mailbox:
    found = [address.value for address in person.addresses if address.kind is AddressKind.EMAIL] if person else []
    if person is None or not found:
        raise SupportqError(
            f"nobody knows a mail address for {number}, so no mail can be written",
            f"name the customer with one: supportq set {number} customer=ann@example.com      or leave out --eml",
        )
    return Mailbox(person.name, found[0])
