"""Who else has part in a ticket, and may want a copy of a reply."""

from collections.abc import Iterator, Sequence
from itertools import islice

from supportq.mail.reading import read_mail
from supportq.model.customer import Address, AddressKind, Customer, Person
from supportq.model.delivery import deliveries
from supportq.model.event import Event, Kind, in_force
from supportq.model.message import Delivery
from supportq.store import outbox
from supportq.store.change import Change
from supportq.store.customers import read_customers
from supportq.store.enclosures import head_of

_NAMED = 2
_NEVER_LEFT = frozenset({Delivery.CANCELLED, Delivery.FAILED})


def others_of(change: Change, number: int, copied: Sequence[Person] = ()) -> list[Person]:
    """Return the participants of a ticket who are not among these, with the address that a copy would go to.

    Left out is whom a reply named that was taken back or refused: nobody there has heard of the ticket.
    """
    participants = [person for person, _ in change.ticket(number).participants]
    if not participants:
        return []
    keys = {address.key for person in copied for address in person.addresses}
    found = [(other, _mail_of(other)) for other in read_customers(change.queue.connection, participants).values()]
    suspects = _named_by_us(change.history(number))
    reached = _reached(change, number) if suspects.intersection(participants) else set()
    return [
        Person(other.name, (address,))
        for other, address in found
        if address and address.key not in keys and (other.id not in suspects or address.key in reached)
    ]


def name_others(number: int, others: Sequence[Person]) -> Iterator[str]:
    """Say in one line who gets no copy of a reply: whether they should is for a person to decide."""
    if not others:
        return
    labels = [other.name or other.addresses[0].value for other in islice(others, _NAMED)]
    more = [f"{len(others) - _NAMED:,} more"] if len(others) > _NAMED else []
    said = " and ".join(filter(None, (", ".join([*labels, *more][:-1]), [*labels, *more][-1])))
    whom, has = (others[0].addresses[0].value, "has") if len(others) == 1 else ("all", "have")
    yield f"{number}: not to {said}, who {has} part in it; add: --cc {whom}"


def _mail_of(customer: Customer) -> Address | None:
    return next((address for address in customer.addresses if address.kind is AddressKind.EMAIL), None)


def _named_by_us(history: Sequence[Event]) -> set[int]:
    """Return who came to have part in a ticket by a reply that goes out as a mail."""
    ours = {event.change_id for event in history if event.kind is Kind.QUEUED}
    return {event.data["customer"] for event in history if event.kind is Kind.JOINED and event.change_id in ours}


def _reached(change: Change, number: int) -> set[str]:
    """Return to whom mails about a ticket went, or are on their way."""
    far = deliveries(in_force(change.history(number)))
    messages = [message for message, delivery in far.items() if delivery not in _NEVER_LEFT]
    found: set[str] = set()
    for posted in outbox.named(change.queue.connection, messages):
        mail = read_mail(head_of(change.queue, posted.id))
        found |= {box.address.casefold() for box in (*mail.to, *mail.cc) if box.address not in posted.said}
    return found
