"""supportq assign."""

from typing import Annotated

import typer

from supportq.commands.parameters import Reason, Tickets
from supportq.commands.written import written
from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq assign 17 ann
supportq assign agent:none team:sales auto --yes
supportq assign @ none
"""


def assign(
    context: typer.Context,
    tickets: Tickets,
    agent: Annotated[
        str, typer.Argument(help="An agent, me, none, or auto: whoever in the ticket's team has least to do.")
    ],
    reason: Reason = "",
) -> Outcome:
    """Give tickets to an agent."""
    from supportq.work.assign import assign as verb

    desk: Desk = context.obj
    picked = desk.pick(tickets)
    return written(desk, verb(desk.writer, picked, agent, reason=reason), "assigned")
