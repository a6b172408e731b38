"""supportq escalate."""

from typing import Annotated

import typer

from supportq.commands.parameters import Reason, Tickets
from supportq.commands.written import written
from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq escalate 17 --reason "needs a look into the logs"
supportq escalate 17 --line 3 --to ben
supportq escalate 17 --back
"""


def escalate(
    context: typer.Context,
    tickets: Tickets,
    *,
    line: Annotated[
        int | None, typer.Option("--line", metavar="N", min=0, max=3, help="To which line; else to the next.")
    ] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="AGENT", help="To whom there; else to nobody yet.")] = None,
    back: Annotated[bool, typer.Option("--back", help="Back to the line before, and to who had it there.")] = False,
    reason: Reason = "",
) -> Outcome:
    """Hand tickets to the next line of support, or back."""
    from supportq.work.escalate import Handover
    from supportq.work.escalate import escalate as verb

    desk: Desk = context.obj
    picked = desk.pick(tickets)
    done = verb(desk.writer, picked, Handover(line, to, back), reason=reason)
    return written(desk, done, "handed back" if back else "escalated")
