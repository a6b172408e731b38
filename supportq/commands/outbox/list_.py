"""supportq outbox list."""

from typing import Annotated

import typer

from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq outbox list
supportq outbox list --all -f csv
"""


def list_(
    context: typer.Context,
    *,
    everything: Annotated[bool, typer.Option("--all", help="List what was sent or cancelled, too.")] = False,
) -> Outcome:
    """List what is not sent yet, was refused, or may have been sent."""
    from supportq.commands.outbox.rows import posted_table
    from supportq.store import outbox

    desk: Desk = context.obj
    connection = desk.queue.connection
    found = outbox.everything(connection) if everything else outbox.unsettled(connection)
    return Outcome(table=posted_table(found, desk.now), notes=() if found else ("Nothing waits to be sent.",))
