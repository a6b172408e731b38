"""supportq drop."""

import typer

from supportq.commands.parameters import Reason, Tickets
from supportq.commands.written import written
from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq drop 17
supportq drop agent:me status:pending --yes --reason "on holiday"
"""


def drop(context: typer.Context, tickets: Tickets, reason: Reason = "") -> Outcome:
    """Give tickets back to nobody."""
    from supportq.work.assign import NOBODY, assign

    desk: Desk = context.obj
    picked = desk.pick(tickets)
    return written(desk, assign(desk.writer, picked, NOBODY, verb="drop", reason=reason), "dropped")
