"""Rows that were imported before: whether a row still speaks of the inquiry that its key is known by."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from supportq.intake.fields import fold
from supportq.intake.inquiry import Entry
from supportq.model.customer import Customer, Person
from supportq.model.inquiry import Inquiry
from supportq.model.message import Direction
from supportq.store.customers import customers_of_tickets, read_customers
from supportq.store.messages import said_in
from supportq.store.queue import Queue
from supportq.store.sources import Known, facts_of

Row = tuple[Entry, Known]
"""A row, and what its key is known by."""


def others(queue: Queue, rows: Sequence[Row]) -> Mapping[str, Customer]:
    """Return the keys that stand for another inquiry than their rows tell of, each with the customer who made it."""
    asked = [row for row in rows if row[0].inquiry.direction is Direction.IN and row[1].customer_id]
    authors = read_customers(queue.connection, {known.customer_id or 0 for _, known in asked})
    owners = customers_of_tickets(queue.connection, {known.ticket_id for _, known in asked})
    found = {}
    for entry, known in asked:
        author = authors[known.customer_id or 0]
        people = (author, owners.get(known.ticket_id, author))
        if not is_of(entry.inquiry.person, people) and not _is_said_alike(queue, entry.inquiry, known):
            found[entry.inquiry.key or ""] = author
    return found


def completed(queue: Queue, rows: Sequence[Row]) -> list[Row]:
    """Return the rows that bring the words of inquiries which a list had brought without any, and that are theirs."""
    return [row for row in rows if row[0].inquiry.body and not said_in(queue.connection, row[1].message_id)[2]]


def is_outdated(queue: Queue, row: Row) -> bool:
    """Tell whether the other desk changed its ticket since this row was written, by when each file says that it did."""
    entry, known = row
    told = list(_iter_updates(entry.inquiry.facts))
    stored = list(_iter_updates(facts_of(queue.connection, known.ticket_id).items())) if told else []
    return bool(stored) and _is_before(max(told), max(stored))


_UPDATED = {
    "updated",
    "updated at",
    "updatedat",
    "last updated",
    "last updated time",
    "last update time",
    "lastupdated",
}
_EPOCH = re.compile(r"@?1\d{9}")
_FARTHEST_ZONE = timedelta(hours=14)


def _iter_updates(facts: Iterable[tuple[str, str]]) -> Iterator[tuple[datetime, bool]]:
    """Yield the moments of updates, whatever form of file calls them how, and whether each has a zone of its own.

    What might have the day or the month first tells no order.
    """
    for name, value in facts:
        if fold(name) in _UPDATED and (moment := _moment(value)):
            yield moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC), moment.tzinfo is not None


def _moment(text: str) -> datetime | None:
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text.lstrip("@")), tz=UTC)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _is_before(update: tuple[datetime, bool], other: tuple[datetime, bool]) -> bool:
    """Tell whether one was certainly before another; between a time with a zone and one without lie some hours."""
    margin = timedelta(0) if update[1] == other[1] else _FARTHEST_ZONE
    return update[0] + margin < other[0]


def is_of(person: Person, customers: Sequence[Customer]) -> bool:
    """Tell whether a person may be one of these customers."""
    return any(_may_be(person, customer) for customer in customers)


def _may_be(person: Person, customer: Customer) -> bool:
    """Tell by an address, and by the name where one of both has no address of that kind: many have one name."""
    keys = {(address.kind, address.key) for address in customer.addresses}
    if any((address.kind, address.key) in keys for address in person.addresses):
        return True
    kinds = {address.kind for address in customer.addresses}
    is_namesake = bool(person.name) and person.name.casefold() == customer.name.casefold()
    return is_namesake and kinds.isdisjoint(address.kind for address in person.addresses)


def _is_said_alike(queue: Queue, inquiry: Inquiry, known: Known) -> bool:
    """Tell whether the same was said in the same minute, by its subject or words: only who said it is named anew."""
    at, subject, body = said_in(queue.connection, known.message_id)
    is_at_once = inquiry.at is not None and abs(inquiry.at - at) < timedelta(minutes=1)
    has_its_subject = bool(subject) and inquiry.title == subject
    has_its_words = bool(body or not subject) and inquiry.body == body
    return is_at_once and (has_its_subject or has_its_words)
