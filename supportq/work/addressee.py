"""Whom an answer goes to: the customer where they wrote from, and elsewhere only if the desk knows that it is theirs.

Anybody can write any Reply-To, and a forged sender with an address of one's own in it would get what is meant for the
customer; so an unknown one is named, and it is for a person to answer there.
"""

import json
from contextlib import suppress

from supportq.mail.reading import read_mail
from supportq.model.customer import AddressKind, Customer
from supportq.store.enclosures import head_of
from supportq.store.outbox import Posted
from supportq.store.queue import Queue
from supportq.store.threading import last_mail
from supportq.values import dataclass
from supportq.work.gateway import PREFIX


@dataclass(frozen=True, slots=True)
class Addressee:
    """The address that an answer goes to, nothing where any of the customer's will do, and one asked for instead."""

    address: str = ""
    asked: str = ""


def addressee(queue: Queue, ticket: int, customer: Customer | None) -> Addressee:
    """Return whom an answer goes to, by what the customer of a ticket mailed last."""
    message = last_mail(queue.connection, ticket)
    if message is None or customer is None:
        return Addressee()
    head = head_of(queue, message)
    if not head:
        return Addressee()
    mail = read_mail(head)
    theirs = {each.value.casefold(): each.value for each in customer.addresses if each.kind is AddressKind.EMAIL}
    wishes = [box.address for box in (*mail.reply_to, mail.sender) if box.address]
    known = next((theirs[address.casefold()] for address in wishes if address.casefold() in theirs), "")
    asked = next((box.address for box in mail.reply_to if box.address), "")
    is_new = asked.casefold() not in {*theirs, mail.sender.address.casefold()}
    return Addressee(known, asked if is_new else "")


def recipient(queue: Queue, posted: Posted) -> str:
    """Return to whom a message of the outbox goes, or went, and where that is done, to whom copies still go."""
    if posted.is_copies:
        return ", ".join(posted.owed)
    head = head_of(queue, posted.id)
    if posted.account.startswith(PREFIX):
        with suppress(ValueError, KeyError, TypeError):
            return str(json.loads(head)["to"])
    to = read_mail(head).to
    return to[0].address if to else posted.customer


def copied(queue: Queue, posted: Posted) -> tuple[str, ...]:
    """Return who gets a copy of a mail in the outbox."""
    if posted.account.startswith(PREFIX):
        return ()
    return tuple(box.address for box in read_mail(head_of(queue, posted.id)).cc)
