"""supportq customer."""

from typing import Annotated

import typer

from supportq.commands.answer import settle_format
from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq customer ann@example.com
supportq customer "Ann Lee" --json
supportq customer +371 20001122
"""

MESSAGES = 10


def customer(
    context: typer.Context,
    who: Annotated[list[str], typer.Argument(help="An address, a number, or a name or part of it.")],
) -> Outcome:
    """Show one customer's history over all channels."""
    from supportq.output.customer import matches_table
    from supportq.store.contacts import summary_of
    from supportq.store.customers import read_customers
    from supportq.work.customer import find_customers

    desk: Desk = context.obj
    found = find_customers(desk.queue, " ".join(who))
    if len(found) == 1:
        return _history(desk, found[0])
    settle_format(desk)
    people = read_customers(desk.queue.connection, found)
    return Outcome(table=matches_table((people[number], summary_of(desk.queue, number)) for number in found))


def _history(desk: Desk, number: int) -> Outcome:
    from supportq.output.customer import Contacts, customer_page
    from supportq.store.contacts import last_messages, summary_of, tickets_of_customer
    from supportq.store.customers import read_customers
    from supportq.store.scope import of_tickets
    from supportq.work.listing import Arrangement, listing

    tickets = of_tickets(tickets_of_customer(desk.queue, number))
    contacts = Contacts(
        read_customers(desk.queue.connection, [number])[number],
        summary_of(desk.queue, number),
        listing(desk.queue, tickets, now=desk.now, arrangement=Arrangement("created:desc")),
        last_messages(desk.queue, number, desk.options.limit or MESSAGES),
    )
    return Outcome(page=customer_page(contacts), paged=True)
