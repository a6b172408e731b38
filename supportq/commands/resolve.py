"""supportq resolve."""

from typing import Annotated

import typer

from supportq.commands.parameters import Reason, Spent, Tickets
from supportq.commands.written import written
from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq resolve 17
supportq resolve tag:parcel-found --reason "carrier found it" --yes
"""


def resolve(
    context: typer.Context,
    tickets: Tickets,
    resolution: Annotated[
        str, typer.Option("--as", metavar="WORD", help="How it ended, such as fixed or duplicate.")
    ] = "fixed",
    reason: Reason = "",
    spent: Spent = None,
) -> Outcome:
    """Mark tickets as resolved."""
    from supportq.commands.ended import resolution_named
    from supportq.work.resolve import resolve as verb

    desk: Desk = context.obj
    ended = resolution_named(desk, resolution)
    picked = desk.pick(tickets)
    done = verb(desk.writer, picked, resolution=ended, reason=reason, spent_s=desk.seconds(spent))
    return written(desk, done, "resolved")
