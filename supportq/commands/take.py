"""supportq take."""

import typer

from supportq.commands.parameters import Tickets
from supportq.commands.written import written
from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq take 17
supportq take team:sales status:new --yes
"""


def take(context: typer.Context, tickets: Tickets) -> Outcome:
    """Give tickets to yourself."""
    from supportq.work.assign import ME, assign

    desk: Desk = context.obj
    picked = desk.pick(tickets)
    return written(desk, assign(desk.writer, picked, ME, verb="take"), "taken")
