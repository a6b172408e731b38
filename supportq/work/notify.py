"""Notify: tell all customers concerned of the same thing, each once, but for those who can't or won't be told."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from enum import StrEnum

from supportq.errors import SupportqError, UsageError
from supportq.model.customer import AddressKind, Customer
from supportq.model.event import Kind
from supportq.model.message import Author
from supportq.settings.values import Settings
from supportq.store import circulars
from supportq.store.change import Change, Done, Writer
from supportq.store.customers import customers_of_tickets
from supportq.store.projected import read_tickets
from supportq.store.queue import Queue
from supportq.values import dataclass
from supportq.work.style import style_for


class WhyNot(StrEnum):
    """Why somebody is left out."""

    UNSUBSCRIBED = "unsubscribed"
    UNREACHABLE = "last mail came back"
    NO_ADDRESS = "no mail address"
    NO_ACCOUNT = "team sends no mail"


@dataclass(frozen=True, slots=True)
class Addressee:
    """A customer concerned: the ticket by which they are told, how many are about it, and why they aren't told."""

    ticket: int
    customer: Customer
    ticket_count: int
    why_not: WhyNot | None = None


def addressees(queue: Queue, settings: Settings, tickets: Sequence[int]) -> list[Addressee]:
    """Return the customers of these tickets, each once, by the newest ticket that is theirs."""
    theirs: dict[int, list[int]] = {}
    owners = customers_of_tickets(queue.connection, tickets)
    for ticket in sorted(owners):
        theirs.setdefault(owners[ticket].id, []).append(ticket)
    reasons = _reasons(queue, settings, {numbers[-1]: owners[numbers[-1]] for numbers in theirs.values()})
    return [
        Addressee(numbers[-1], owners[numbers[-1]], len(numbers), reasons[numbers[-1]]) for numbers in theirs.values()
    ]


def _reasons(queue: Queue, settings: Settings, owners: Mapping[int, Customer]) -> dict[int, WhyNot | None]:
    """Return the first reason why the customers of some tickets are not told, None for those who are."""
    people = {customer.id for customer in owners.values()}
    left = circulars.unsubscribed(queue.connection, people)
    lost = circulars.unreachable(queue.connection, people)
    reads = read_tickets(queue, list(owners))
    faults = {
        ticket: {
            WhyNot.UNSUBSCRIBED: customer.id in left,
            WhyNot.NO_ADDRESS: all(address.kind is not AddressKind.EMAIL for address in customer.addresses),
            WhyNot.UNREACHABLE: customer.id in lost,
            WhyNot.NO_ACCOUNT: style_for(queue, settings, reads[ticket]).account is None,
        }
        for ticket, customer in owners.items()
    }
    return {ticket: next((why for why, holds in found.items() if holds), None) for ticket, found in faults.items()}


def check_can_send(settings: Settings) -> None:
    """Raise UsageError where no mail can be sent at all."""
    if not any(account.smtp for account in settings.accounts.values()):
        raise UsageError("no mail account is set up to send from", "describe one: supportq config edit (mail.accounts)")


def notify(writer: Writer, bodies: Mapping[int, str]) -> Done:
    """Put a mail for the customer of each of these tickets into the outbox; they leave no faster than the desk wants.

    They answer nothing: no clock minds them, and no status.
    """
    with writer.change("notify") as change:
        change.load(bodies)
        for place, (number, body) in enumerate(bodies.items()):
            _post(change, number, body, place // change.settings.notices_a_minute)
        return change.store()


def _post(change: Change, number: int, body: str, minute: int) -> None:
    from supportq.work.letter import circular
    from supportq.work.outbox import enqueue

    account = style_for(change.queue, change.settings, change.ticket(number)).account
    if account is None:
        raise SupportqError(f"nobody sends mail for {number} any more", "describe it again: supportq config edit")
    letter, leaves = circular(change, number, body), change.now + timedelta(minutes=minute)
    message = enqueue(change, letter, account, Author.SYSTEM, not_before=leaves)
    change.record(number, Kind.NOTIFIED, message=message)
