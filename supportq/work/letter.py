"""A reply as a letter: who it is from, to whom it goes, what it answers, how it is signed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import blake2b
from typing import Protocol

from supportq.errors import SupportqError
from supportq.mail.account import Account
from supportq.mail.threading import signed_id, token, without_mark
from supportq.mail.writing import Letter, spec_of
from supportq.model.customer import AddressKind, Customer, Person
from supportq.model.mail import Enclosure, Mail, Mailbox
from supportq.model.ticket import Ticket
from supportq.settings.values import Agent, Settings
from supportq.store import customers, desk, subjects
from supportq.store.mailroom import signing_key
from supportq.store.projected import read_tickets
from supportq.store.queue import Queue
from supportq.store.threading import external_ids, last_external_id, thread_of
from supportq.work.addressee import addressee
from supportq.work.canned import Occasion, fill
from supportq.work.manner import Manner
from supportq.work.style import Style, style_for, style_of


class Clerk(Protocol):
    """Who writes, at which desk, and when: a change that is open, or a writer before one is."""

    @property
    def queue(self) -> Queue:
        """Return where the tickets are."""

    @property
    def settings(self) -> Settings:
        """Return the settings in force."""

    @property
    def actor(self) -> str:
        """Return who writes."""

    @property
    def now(self) -> datetime:
        """Return the moment of it."""


def letter_of(clerk: Clerk, number: int, body: str, manner: Manner) -> Letter:
    """Return the letter that carries a reply; raise SupportqError where an address is missing."""
    connection = clerk.queue.connection
    customer = customers.customers_of_tickets(connection, [number]).get(number)
    ticket, agent = read_tickets(clerk.queue, [number])[number], clerk.settings.agents[clerk.actor]
    subject = subjects.subject_of(connection, number)
    style = style_for(clerk.queue, clerk.settings, ticket)
    occasion = Occasion(clerk.settings, ticket, subject, customer, agent)
    sender = _sender(style, occasion)
    at = manner.at or clerk.now
    thread, names = thread_of(connection, number), external_ids(connection, number).values()
    to, *cc = _whom(clerk, number, customer, manner)
    _check_not_ours(clerk.settings, (to, *cc))
    return Letter(
        ticket=number,
        sender=sender,
        to=to,
        subject=subject,
        body=body,
        at=at,
        message_id=_message_id(clerk, ticket, (at.isoformat(), body, *names), sender),
        cc=tuple(cc),
        answers=last_external_id(connection, number) or "",
        thread=tuple(thread),
        reply_to=_own_address(clerk, ticket, style.account, sender),
        signature=_filled(style.signature, occasion, "signature"),
        html=manner.html,
        enclosures=tuple(Enclosure(file.name, file.content_type, file.data) for file in manner.attached),
    )


def first_letter(clerk: Clerk, occasion: Occasion, body: str, asked: Mail) -> Letter:
    """Return the letter by which a machine answers the mail that opened a ticket; it is signed by its own words."""
    style = style_of(clerk.settings, occasion.ticket.team, asked)
    sender, thread = _sender(style, occasion), (*reversed(asked.answers), asked.message_id)
    return Letter(
        ticket=occasion.ticket.id,
        sender=sender,
        to=asked.sender,
        subject=occasion.subject,
        body=body,
        at=clerk.now,
        message_id=_message_id(clerk, occasion.ticket, (clerk.now.isoformat(), body, *thread), sender),
        answers=asked.message_id,
        thread=thread,
        reply_to=_own_address(clerk, occasion.ticket, style.account, sender),
        auto_submitted="auto-replied",
        loop=desk.queue_id(clerk.queue.connection),
    )


def circular(clerk: Clerk, number: int, body: str) -> Letter:
    """Return the letter that tells one of many customers of the same thing, and how to hear no more of that sort."""
    letter = letter_of(clerk, number, body, Manner())
    queue = desk.queue_id(clerk.queue.connection)
    return replace(letter, auto_submitted="auto-generated", loop=queue, unsubscribe=letter.sender.address)


def desk_itself(settings: Settings, ticket: Ticket) -> Agent:
    """Return who writes where nobody does: the team, or the desk."""
    team = settings.teams.get(ticket.team or "")
    return Agent("", team.name if team else settings.name)


def _message_id(clerk: Clerk, ticket: Ticket, said: Sequence[str], sender: Mailbox) -> str:
    """Name a mail: no other reply of this or any queue has the same name, and an answer to it proves to be one."""
    unique = f"{desk.queue_id(clerk.queue.connection)} {ticket.id} {' '.join(said)}"
    name = blake2b(unique.encode(), digest_size=12).digest()
    domain = spec_of(sender.address).rpartition("@")[2]
    return signed_id(signing_key(clerk.queue.connection), ticket.id, name, domain)


def _own_address(clerk: Clerk, ticket: Ticket, account: Account | None, sender: Mailbox) -> Mailbox | None:
    """Return the ticket's own address, where the account's server takes mail for such."""
    if account is None or not account.plus:
        return None
    local, _, domain = account.address.rpartition("@")
    mark = token(signing_key(clerk.queue.connection), ticket.id)
    return Mailbox(sender.name, f"{local}+{mark}@{domain}")


def _sender(style: Style, occasion: Occasion) -> Mailbox:
    """Return who writes; where nobody does, the desk is not named twice."""
    said = _filled(style.sender, occasion, "sender") or occasion.agent.name
    name = said if occasion.agent.code else ", ".join(dict.fromkeys(said.split(", ")))
    return Mailbox(name, style.account.address if style.account else _own(occasion.agent))


def _filled(template: str, occasion: Occasion, key: str) -> str:
    return fill(
        template, occasion, f"the {key} of the mail", f"change it, or what it names: supportq config edit ({key})"
    )


def _own(agent: Agent) -> str:
    if not agent.email:
        raise SupportqError(
            f"{agent.code} has no mail address that a reply could come from",
            f"add it: supportq config set agents.{agent.code}.email ADDRESS",
        )
    return agent.email


def _check_not_ours(settings: Settings, boxes: Sequence[Mailbox]) -> None:
    """Raise SupportqError for a letter to the desk itself, which would come back as an inquiry."""
    ours = {account.address.casefold() for account in settings.accounts.values()}
    for address in (box.address for box in boxes if without_mark(box.address.casefold()) in ours):
        raise SupportqError(
            f"{address} is the desk's own address, and a mail to it would come back",
            "leave it out, or name the customer with another: supportq set TICKET customer=ann@example.com",
        )


def _whom(clerk: Clerk, number: int, customer: Customer | None, manner: Manner) -> Iterator[Mailbox]:
    """Yield whom a reply goes to, and then who gets a copy."""
    known = "" if manner.to else addressee(clerk.queue, number, customer).address
    yield Mailbox(customer.name, known) if known and customer else _mailbox(manner.to or customer, number)
    yield from (_mailbox(person, number) for person in manner.cc)


def _mailbox(person: Customer | Person | None, number: int) -> Mailbox:
    found = [address.value for address in person.addresses if address.kind is AddressKind.EMAIL] if person else []
    if person is None or not found:
        raise SupportqError(
            f"nobody knows a mail address for {number}, so no mail can be written",
            f"name the customer with one: supportq set {number} customer=ann@example.com",
            "or, if you answered in another way, record that: add --by-hand",
        )
    return Mailbox(person.name, found[0])
