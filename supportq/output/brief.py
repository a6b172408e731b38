"""A ticket in brief: what there is to know before one answers, on less than a screen."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta, tzinfo

from supportq.model.customer import Customer
from supportq.model.message import Author, Delivery, Direction, Message
from supportq.model.table import Column, Kind, Row, Table
from supportq.model.ticket import Ticket
from supportq.output.outcome import Block, Facts, Page, Record
from supportq.sla.deadline import Deadline
from supportq.values import dataclass
from supportq.when import FOREVER, format_age, format_local

MOST_LINES = 24

_FACTS = (
    Column("due", "Due", Kind.DUE),
    Column("status", "Status"),
    Column("priority", "Priority"),
    Column("team", "Team"),
    Column("line", "Line", Kind.NUMBER),
    Column("agent", "Agent"),
    Column("customer", "Customer"),
    Column("organisation", "Organisation"),
    Column("channel", "Channel"),
    Column("category", "Category"),
    Column("tags", "Tags", Kind.LIST),
    Column("fields", "Fields", Kind.LIST),
    Column("rating", "Rating"),
    Column("created", "Created", Kind.MOMENT),
)


@dataclass(frozen=True, slots=True)
class Brief:
    """A ticket with what it is about: its customer, what was said, and when it should be worked on."""

    ticket: Ticket
    subject: str
    comment: str
    customer: Customer | None
    messages: tuple[Message, ...]
    people: Mapping[int, Customer]
    deadline: Deadline
    due: str
    """Which promise is due next, in words."""


def brief_page(brief: Brief, now: datetime, zone: tzinfo, *, why: bool) -> Page:
    """Return the page of a ticket: its facts, the last thing said and, with `why`, its place in the order of work."""
    blocks = [Block(body=Facts(_FACTS, _cells(brief, now)))]
    blocks += [_said(message, brief, _when(message, brief, now, zone)) for message in _last(brief.messages)]
    if why:
        blocks.append(Block("Why it is next", body=_sum(brief, now, zone)))
    return Page(f"{brief.ticket.id}  {brief.subject or '(no subject)'}", tuple(blocks), record(brief, now))


def record(brief: Brief, now: datetime) -> Record:
    """Return the same for programs."""
    ticket, customer, deadline = brief.ticket, brief.customer, brief.deadline
    last = next(iter(brief.messages[-1:]), None)
    is_due = deadline.due_at != FOREVER
    return {
        "id": ticket.id,
        "subject": brief.subject,
        "due": deadline.due_at if is_due else None,
        "deadline": deadline.moment if is_due else None,
        "why": [{"why": why, "earlier_s": seconds} for why, seconds in deadline.weights],
        "status": ticket.status_on(now),
        "priority": ticket.priority,
        "team": ticket.team,
        "line": ticket.line,
        "agent": ticket.assignee,
        "customer": customer.label if customer else None,
        "organisation": (customer.organisation or None) if customer else None,
        "channel": ticket.channel,
        "category": ticket.category,
        "tags": ticket.tags,
        "fields": dict(ticket.fields),
        "rating": ticket.rating,
        "comment": brief.comment or None,
        "created": ticket.created_at,
        "message_count": len(brief.messages),
        "last_message": None if last is None else {"at": last.at, "direction": last.direction, "body": last.body},
    }


def rating_in_words(rating: int | None, comment: str) -> str | None:
    """Return what a customer gave and said, None for nothing."""
    return None if rating is None else f"{rating} of 5" + (f": {comment}" if comment else "")


def sender_in_words(message: Message, people: Mapping[int, Customer], customer: Customer | None) -> str:
    """Return who is behind a message that no agent wrote: a person, a mail server, or the desk itself."""
    if message.direction is not Direction.IN:
        return message.author.replace("_", " ")
    if message.author is Author.SYSTEM:
        return "Mail Delivery System"
    person = people.get(message.customer_id or 0) or customer
    return person.label if person else message.author.replace("_", " ")


def way_in_words(message: Message) -> str:
    """Return how far a message to the customer is, and what can be done; nothing for one that arrived."""
    return _WAYS.get(message.delivery, "").format(message.id) if message.delivery else ""


def replies_in_words(ticket: Ticket, messages: Iterable[Message]) -> Iterator[str]:
    """Yield what became of replies that did not reach the customer, as far as anybody knows."""
    if ticket.reply_failed:
        yield "reply not delivered"
    if any(message.delivery is Delivery.MAYBE_SENT and not message.automatic for message in messages):
        yield "reply maybe sent"
    if ticket.reply_waiting:
        yield "reply waits to be sent"


_WAYS = {
    Delivery.QUEUED: "waits in the outbox",
    Delivery.SENDING: "is being sent",
    Delivery.MAYBE_SENT: "maybe sent (supportq outbox confirm {0}, or retry {0})",
    Delivery.FAILED: "not delivered (supportq outbox retry {0}, or cancel {0})",
    Delivery.CANCELLED: "never sent",
}


def _cells(brief: Brief, now: datetime) -> tuple[str | int | datetime | tuple[str, ...] | None, ...]:
    ticket, customer = brief.ticket, brief.customer
    return (
        brief.deadline.due_at,
        ", ".join([ticket.status_on(now).value.replace("_", " "), *replies_in_words(ticket, brief.messages)]),
        ticket.priority.value,
        ticket.team,
        ticket.line,
        ticket.assignee or "nobody yet",
        _who(customer),
        customer.organisation if customer else None,
        ticket.channel.value + (" (public: everybody can read the answer)" if ticket.channel.is_public else ""),
        ticket.category,
        ticket.tags,
        tuple(f"{name}={value}" for name, value in ticket.fields),
        rating_in_words(ticket.rating, brief.comment),
        ticket.created_at,
    )


def _who(customer: Customer | None) -> str | None:
    if customer is None:
        return None
    addresses = ", ".join(address.value for address in customer.addresses)
    return f"{customer.name} <{addresses}>" if customer.name and addresses else customer.label


def _last(messages: Iterable[Message]) -> list[Message]:
    """Return the last message, and the last of the customer's before it where it was not theirs."""
    said = list(messages)
    asked = [message for message in said if message.direction is Direction.IN][-1:]
    return [*(message for message in asked if message not in said[-1:]), *said[-1:]]


def _said(message: Message, brief: Brief, when: str) -> Block:
    verb = "noted" if message.direction is Direction.NOTE else "wrote"
    who = message.agent or sender_in_words(message, brief.people, brief.customer)
    lines = message.body.splitlines()
    shown = "\n".join(lines[:MOST_LINES])
    more = (
        f"\n... {len(lines) - MOST_LINES} more lines: supportq show {brief.ticket.id}"
        if len(lines) > MOST_LINES
        else ""
    )
    return Block(f"{who} {verb}", aside=when, body=shown + more)


def _when(message: Message, brief: Brief, now: datetime, zone: tzinfo) -> str:
    number = brief.messages.index(message) + 1
    when = f"{format_local(message.at, zone, now)}, {number} of {len(brief.messages)}"
    return ", ".join(filter(None, [when, way_in_words(message)]))


def _sum(brief: Brief, now: datetime, zone: tzinfo) -> Table | str:
    deadline = brief.deadline
    if deadline.due_at == FOREVER:
        return "Nothing is due, so it comes after all that is."
    if not deadline.weights:
        return f"{brief.due.capitalize()} due {format_local(deadline.due_at, zone, now)}, before all else."
    columns = (Column("what", "What"), Column("earlier", "Earlier by"), Column("at", "At", Kind.MOMENT))
    rows: list[Row] = [(f"{brief.due} due", "", deadline.due_at)]
    rows += [(why, format_age(timedelta(seconds=seconds)), None) for why, seconds in deadline.weights]
    rows.append(("worked on as if due", "", deadline.moment))
    return Table(columns, rows)
