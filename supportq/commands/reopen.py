"""supportq reopen."""

import typer

from supportq.commands.parameters import Reason, Spent, Tickets
from supportq.commands.written import written
from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq reopen 17
supportq reopen 17 --reason "it broke again"
"""


def reopen(context: typer.Context, tickets: Tickets, reason: Reason = "", spent: Spent = None) -> Outcome:
    """Open tickets again."""
    from supportq.work.reopen import reopen as verb

    desk: Desk = context.obj
    picked = desk.pick(tickets)
    done = verb(desk.writer, picked, reason=reason, spent_s=desk.seconds(spent))
    return written(desk, done, "opened again")
