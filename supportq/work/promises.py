"""What the customer of a ticket was promised, by which policy, and how every second was counted."""

from supportq.model.clock import Clock
from supportq.sla.account import Interval, Step, counted, steps
from supportq.sla.history import read_history
from supportq.sla.hours import Hours
from supportq.sla.policy import Policy
from supportq.sla.terms import ALWAYS, SOFT, Book, Terms
from supportq.store import versions
from supportq.store.customers import customers_of_tickets
from supportq.store.faults import NoSuchTicket
from supportq.store.histories import read_histories
from supportq.store.queue import Queue
from supportq.values import dataclass


@dataclass(frozen=True, slots=True)
class Explained:
    """A clock with the policy and the hours that it follows, and the open intervals that were counted."""

    clock: Clock
    policy: Policy
    hours: Hours
    intervals: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """All promises about one ticket, and what each event did to them."""

    ticket_id: int
    clocks: tuple[Explained, ...]
    steps: tuple[Step, ...]


def account_of(queue: Queue, number: int, *, verbose: bool) -> Account:
    """Return the account of a ticket, with every step of it where asked; raise NoSuchTicket."""
    with queue.reading() as connection:
        history = read_histories(connection, [number]).get(number, [])
        customer = customers_of_tickets(connection, [number]).get(number)
        book = versions.book_of(connection)
        folded = read_history(history, book, customer)
        if folded.ticket is None:
            raise NoSuchTicket([number])
        explained = tuple(_explained(clock, book) for clock in folded.clocks)
        return Account(number, explained, tuple(steps(history, book, customer)) if verbose else ())


def _explained(clock: Clock, book: Book) -> Explained:
    terms = book.terms(clock.settings_id)
    policy = _policy(clock, terms)
    hours = ALWAYS if policy is SOFT else terms.hours[clock.hours]
    return Explained(clock, policy, hours, counted(clock, hours))


def _policy(clock: Clock, terms: Terms) -> Policy:
    return next((policy for policy, _ in terms.policies if policy.name == clock.policy and not clock.soft), SOFT)
