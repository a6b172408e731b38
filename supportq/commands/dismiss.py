"""supportq dismiss."""

import typer

from supportq.commands.parameters import Reason, Tickets
from supportq.commands.written import written
from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq dismiss 17
supportq dismiss 17 --reason "only said thanks"
"""


def dismiss(context: typer.Context, tickets: Tickets, reason: Reason = "") -> Outcome:
    """Say that no reply is needed."""
    from supportq.work.dismiss import dismiss as verb

    desk: Desk = context.obj
    picked = desk.pick(tickets)
    return written(desk, verb(desk.writer, picked, reason=reason), "dismissed")
