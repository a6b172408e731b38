"""Renew tickets by the rows that they were imported from, which say something else now."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from supportq.intake.inquiry import Entry, Reject
from supportq.model.customer import Customer, Person
from supportq.model.event import Kind
from supportq.model.inquiry import Inquiry
from supportq.model.message import Author, Direction
from supportq.model.ticket import Status, Ticket
from supportq.store.change import Change
from supportq.store.customers import read_customers
from supportq.store.gather import Saying
from supportq.store.messages import body_of
from supportq.store.sources import Known
from supportq.store.texts import read_texts
from supportq.work.alter import new_values
from supportq.work.resolve import mark_resolved

_DONE = frozenset({Status.RESOLVED, Status.CLOSED})


def renew(change: Change, source: str, rows: Iterable[tuple[Entry, Known]]) -> list[Reject]:
    """Give tickets what rows say of their fields and their ends; what was said stays, and other words become a note.

    Return the rows that name another customer than the inquiry did: theirs is not that inquiry.
    """
    rejects = []
    for entry, known in rows:
        if (owner := _find_other(change, entry.inquiry, known)) is None:
            _renew(change, source, entry, known)
        else:
            rejects.append(Reject(entry.line, _whose(entry.inquiry, known, owner), entry.cells))
    return rejects


def keys_of_others(change: Change, rows: Iterable[tuple[Entry, Known]]) -> set[str]:
    """Return the keys under which these rows speak of another customer than the inquiry that has them."""
    return {entry.inquiry.key or "" for entry, known in rows if _find_other(change, entry.inquiry, known)}


def _find_other(change: Change, inquiry: Inquiry, known: Known) -> Customer | None:
    """Return who wrote what a row is known again as, if the row names somebody else."""
    if inquiry.direction is not Direction.IN or known.customer_id is None:
        return None
    author = read_customers(change.queue.connection, [known.customer_id])[known.customer_id]
    owner = change.customer(known.ticket_id) or author
    return None if any(_may_be(inquiry.person, customer) for customer in (author, owner)) else author


def _may_be(person: Person, customer: Customer) -> bool:
    """Tell whether a person has an address or the name of a customer."""
    keys = {(address.kind, address.key) for address in customer.addresses}
    is_namesake = bool(person.name) and person.name.casefold() == customer.name.casefold()
    return is_namesake or any((address.kind, address.key) in keys for address in person.addresses)


def _whose(inquiry: Inquiry, known: Known, owner: Customer) -> str:
    return (
        f'"{inquiry.key}" is known as ticket {known.ticket_id}, of another customer, {owner.label}; '
        "if this is another file with the same keys: --source NAME"
    )


def _renew(change: Change, source: str, entry: Entry, known: Known) -> None:
    number, inquiry = known.ticket_id, entry.inquiry
    ticket = change.ticket(number)
    news = new_values(ticket, _edits(change, ticket, inquiry))
    if news:
        change.alter(number, **news)
    if inquiry.status in _DONE and ticket.status_on(change.now).is_active:
        mark_resolved(change, number, at=_ended_at(ticket, inquiry))
    if inquiry.status is Status.CLOSED and ticket.status_on(change.now) is not Status.CLOSED:
        change.record(number, Kind.CLOSED)
    if inquiry.body and inquiry.body != body_of(change.queue, known.message_id):
        _note(change, number, inquiry)
    change.gathered.add("source_key", source, inquiry.key, number, known.message_id, entry.digest)


def _note(change: Change, number: int, inquiry: Inquiry) -> None:
    """Keep the words that a row has now, as a note: what was said stays as it was said."""
    words = f"The file says now:\n\n{inquiry.body}"
    message = change.say(number, Saying(Direction.NOTE, Author.SYSTEM, inquiry.channel, words, change.now))
    change.record(number, Kind.NOTED, message=message)


def _edits(change: Change, ticket: Ticket, inquiry: Inquiry) -> dict[str, Any]:
    names = ("team", "line", "priority", "assignee", "category", "language")
    edits = {name: value for name in names if (value := getattr(inquiry, name)) is not None}
    if inquiry.tags:
        edits["tags_added"] = list(inquiry.tags)
    if inquiry.fields:
        edits["fields"] = dict(inquiry.fields)
    if inquiry.subject and inquiry.subject != _subject(change, ticket):
        edits["subject"] = change.text("subject", inquiry.subject)
    return edits


def _subject(change: Change, ticket: Ticket) -> str:
    if ticket.subject_id is None:
        return ""
    return read_texts(change.queue.connection, [ticket.subject_id])[ticket.subject_id]


def _ended_at(ticket: Ticket, inquiry: Inquiry) -> datetime | None:
    """Return when it ended, but not before what is known to have happened to the ticket."""
    if inquiry.resolved_at is None or inquiry.resolved_at < ticket.updated_at:
        return None
    return inquiry.resolved_at
