"""supportq undo."""

from typing import Annotated

import typer

from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq undo
supportq undo --list
supportq undo 214
"""


def undo(
    context: typer.Context,
    change: Annotated[int | None, typer.Argument(help="Which change, by its number; else your last.", min=1)] = None,
    *,
    listed: Annotated[bool, typer.Option("--list", help="List your last changes, and change nothing.")] = False,
) -> Outcome:
    """Take back the last command, or a named one."""
    from supportq.commands.taken_back import listed_changes, taken_back
    from supportq.store.changes import iter_undoable
    from supportq.work.undo import undo as verb

    desk: Desk = context.obj
    if listed:
        return listed_changes(desk, iter_undoable(desk.queue.connection, desk.agent), "supportq undo CHANGE")
    return taken_back(desk, verb(desk.writer, change), "undone", "redo")
