"""Change fields of tickets, whichever they are."""

from collections.abc import Sequence
from typing import Any

from supportq.model.customer import Customer, Person
from supportq.model.ticket import Ticket
from supportq.store.change import Change, Done, Writer
from supportq.work.fields import Edits
from supportq.work.moves import already
from supportq.work.people import People

_OPENING = frozenset({"team", "assignee"})


def alter(writer: Writer, tickets: Sequence[int], edits: Edits, *, reason: str = "") -> Done:
    """Give fields of these tickets new values; a ticket that has them all already is left alone."""
    with writer.change("set", reason=reason) as change:
        change.load(tickets)
        stored = _stored(change, edits)
        for number in tickets:
            news = new_values(change.ticket(number), stored)
            if news:
                change.alter(number, **news)
            else:
                already(change, number, "like that")
        return change.store()


def _stored(change: Change, edits: Edits) -> Edits:
    """Put ids in the place of a subject and of a customer."""
    stored = dict(edits)
    if "subject" in edits:
        stored["subject"] = change.text("subject", edits["subject"])
    if isinstance(edits.get("customer"), Person):
        customer = _customer(change, edits["customer"])
        stored |= {"customer": customer.id, "organisation": customer.organisation_id}
    return stored


def _customer(change: Change, person: Person) -> Customer:
    """Return the customer whom a person is; who is new may be a slip of the pen, so that is said."""
    people = People.behind(change, [person])
    known = frozenset(people.known)
    customer = people.customer(person)
    if customer.id not in known:
        change.warnings.append(f"{customer.label} was not known: a new customer")
    return customer


def new_values(ticket: Ticket, edits: Edits) -> dict[str, Any]:
    """Return the part of the edits that would make a difference; a team or an agent also opens a new ticket."""
    news = {key: value for key, value in edits.items() if _differs(ticket, key, value)}
    if any(news.get(key) for key in _OPENING):
        news["opens"] = True
    return news


def _differs(ticket: Ticket, key: str, value: Any) -> bool:
    match key:
        case "tags_added":
            return not set(value) <= set(ticket.tags)
        case "tags_removed":
            return not set(value).isdisjoint(ticket.tags)
        case "fields":
            return any(dict(ticket.fields).get(name) != text for name, text in value.items())
        case "subject" | "customer" | "organisation":
            return bool(getattr(ticket, f"{key}_id") != value)
    return bool(getattr(ticket, key) != value)
