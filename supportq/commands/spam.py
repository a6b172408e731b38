"""supportq spam."""

import typer

from supportq.commands.parameters import Reason, Tickets
from supportq.commands.written import written
from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq spam 17
supportq list tag:suspicious -f ids | supportq spam - --yes
"""


def spam(context: typer.Context, tickets: Tickets, reason: Reason = "") -> Outcome:
    """Mark tickets as spam."""
    from supportq.work.spam import spam as verb

    desk: Desk = context.obj
    picked = desk.pick(tickets)
    return written(desk, verb(desk.writer, picked, reason=reason), "marked as spam")
