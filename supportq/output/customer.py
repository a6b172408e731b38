"""A customer's history over all channels: a page for people, a record for programs."""

from collections.abc import Iterable, Iterator, Sequence

from supportq.model.customer import Customer
from supportq.model.message import Direction, Message
from supportq.model.table import Cell, Column, Kind, Row, Table
from supportq.output.dossier import customer_record
from supportq.output.outcome import Block, Facts, Page, Record
from supportq.store.contacts import Summary
from supportq.values import dataclass

MOST_TICKETS = 20

_FACTS = (
    Column("organisation", "Organisation"),
    Column("addresses", "Addresses", Kind.LIST),
    Column("language", "Language"),
    Column("first", "First contact", Kind.MOMENT),
    Column("last", "Last contact", Kind.MOMENT),
    Column("channels", "Channels", Kind.LIST),
    Column("tickets", "Tickets"),
)
_TICKETS = ("id", "created", "channel", "status", "priority", "subject")
_MESSAGES = (
    Column("ticket", "Ticket", Kind.NUMBER),
    Column("at", "When", Kind.MOMENT),
    Column("channel", "Channel"),
    Column("who", "Who"),
    Column("words", "Said", wide=True),
)
_MATCHES = (
    Column("id", "ID", Kind.NUMBER),
    Column("name", "Name"),
    Column("organisation", "Organisation"),
    Column("addresses", "Addresses", Kind.LIST, wide=True),
    Column("tickets", "Tickets", Kind.NUMBER),
    Column("open", "Open", Kind.NUMBER),
    Column("last", "Last contact", Kind.MOMENT),
)


@dataclass(frozen=True, slots=True)
class Contacts:
    """A customer with their tickets, as rows of a list from the newest on, and what was last said."""

    customer: Customer
    summary: Summary
    tickets: Table
    messages: Sequence[Message]


def customer_page(contacts: Contacts) -> Page:
    """Return the page of one customer."""
    tickets = contacts.tickets.choose(_TICKETS)
    rows = list(tickets.rows)
    older = len(rows) - MOST_TICKETS
    caption = f"{older} older ones: supportq list customer:{_address(contacts.customer)}" if older > 0 else ""
    blocks = (
        Block(body=Facts(_FACTS, _facts(contacts))),
        Block("Tickets", body=Table(tickets.columns, rows[:MOST_TICKETS], caption=caption)),
        Block("Last said", body=Table(_MESSAGES, list(_said(contacts.messages)))),
    )
    return Page(contacts.customer.label, blocks, _record(contacts, rows, tickets))


def matches_table(matches: Iterable[tuple[Customer, Summary]]) -> Table:
    """Return the customers that could be meant."""
    rows = [
        (
            customer.id,
            customer.name,
            customer.organisation,
            tuple(address.value for address in customer.addresses),
            summary.tickets,
            summary.open,
            summary.last_at,
        )
        for customer, summary in matches
    ]
    return Table(_MATCHES, rows, caption="choose one by its number or address: supportq customer ID")


def _address(customer: Customer) -> str:
    return customer.addresses[0].value if customer.addresses else f'"{customer.name}"'


def _facts(contacts: Contacts) -> Row:
    customer, summary = contacts.customer, contacts.summary
    return (
        customer.organisation,
        tuple(address.value for address in customer.addresses),
        customer.language,
        summary.first_at,
        summary.last_at,
        summary.channels,
        f"{summary.tickets}, {summary.open} open" if summary.open else str(summary.tickets),
    )


def _said(messages: Iterable[Message]) -> Iterator[Row]:
    for message in messages:
        who = "customer" if message.direction is Direction.IN else message.agent or "system"
        yield (message.ticket_id, message.at, message.channel, who, " ".join(message.body[:500].split()))


def _record(contacts: Contacts, rows: Iterable[Row], tickets: Table) -> Record:
    summary = contacts.summary
    return {
        **customer_record(contacts.customer),
        "first": summary.first_at,
        "last": summary.last_at,
        "channels": summary.channels,
        "open": summary.open,
        "tickets": [_named(row, tickets) for row in rows],
        "messages": [
            {
                "id": message.id,
                "ticket": message.ticket_id,
                "at": message.at,
                "direction": message.direction,
                "channel": message.channel,
                "agent": message.agent,
                "body": message.body,
            }
            for message in contacts.messages
        ],
    }


def _named(row: Row, tickets: Table) -> dict[str, Cell]:
    return {column.key: cell for column, cell in zip(tickets.shown, row, strict=False)}
