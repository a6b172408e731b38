"""supportq close."""

from typing import Annotated

import typer

from supportq.commands.parameters import Reason, Spent, Tickets
from supportq.commands.written import written
from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq close 17
supportq close 17 --as duplicate --reason "the same as 12"
"""


def close(
    context: typer.Context,
    tickets: Tickets,
    resolution: Annotated[
        str | None, typer.Option("--as", metavar="WORD", help="How it ended, such as fixed or duplicate.")
    ] = None,
    reason: Reason = "",
    spent: Spent = None,
) -> Outcome:
    """Close tickets for good."""
    from supportq.commands.ended import resolution_named
    from supportq.work.close import close as verb

    desk: Desk = context.obj
    ended = resolution_named(desk, resolution) if resolution else None
    picked = desk.pick(tickets)
    done = verb(desk.writer, picked, resolution=ended, reason=reason, spent_s=desk.seconds(spent))
    return written(desk, done, "closed")
