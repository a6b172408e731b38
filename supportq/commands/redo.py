"""supportq redo."""

from typing import Annotated

import typer

from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq redo
supportq redo --list
supportq redo 214
"""


def redo(
    context: typer.Context,
    change: Annotated[
        int | None, typer.Argument(help="Which change that was undone, by its number; else the last.", min=1)
    ] = None,
    *,
    listed: Annotated[bool, typer.Option("--list", help="List what you undid, and change nothing.")] = False,
) -> Outcome:
    """Put back what was undone."""
    from supportq.commands.taken_back import carried_out, listed_changes, taken_back
    from supportq.store.changes import iter_redoable
    from supportq.work.undo import redo as verb
    from supportq.work.undo import to_redo

    desk: Desk = context.obj
    if listed:
        return listed_changes(desk, iter_redoable(desk.queue.connection, desk.agent), "supportq redo CHANGE")
    return taken_back(desk, carried_out(desk, to_redo(desk.writer, change), verb), "put back", "undo")
