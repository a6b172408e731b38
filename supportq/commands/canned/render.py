"""supportq canned render."""

from typing import Annotated

import typer

from supportq.commands.single import single_ticket
from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq canned render refund 17
"""


def render(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Which canned reply.")],
    ticket: Annotated[str, typer.Argument(help="For which ticket: its number, or @ for your last one.")],
) -> Outcome:
    """Show a canned reply as a ticket's customer would get it."""
    from supportq.settings.values import Agent
    from supportq.store.customers import customers_of_tickets
    from supportq.store.projected import read_tickets
    from supportq.store.subjects import subject_of
    from supportq.work.canned import Occasion, find_canned
    from supportq.work.canned import render as rendered

    desk: Desk = context.obj
    canned, number = find_canned(desk.settings, name), single_ticket(desk, ticket)
    connection = desk.queue.connection
    occasion = Occasion(
        desk.settings,
        read_tickets(desk.queue, [number])[number],
        subject_of(connection, number),
        customers_of_tickets(connection, [number]).get(number),
        desk.settings.agents[desk.known] if desk.known else Agent("", desk.named.value),
    )
    return Outcome(text=f"{rendered(canned, occasion)}\n")
