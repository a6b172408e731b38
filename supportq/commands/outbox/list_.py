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
    from supportq.commands.answer import is_drawn
    from supportq.commands.outbox.rows import drawn_table, posted_table
    from supportq.store import outbox

    desk: Desk = context.obj
    connection = desk.queue.connection
    found = outbox.everything(connection) if everything else outbox.unsettled(connection)
    table = posted_table(desk.queue, found, desk.now)
    if is_drawn(desk) and not (desk.options.columns or desk.options.sort):
        table = drawn_table(table, desk.options.limit)
    return Outcome(table=table, notes=() if found else ("Nothing waits to be sent.",))
