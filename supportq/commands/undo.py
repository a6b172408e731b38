"""supportq undo."""

from itertools import islice
from typing import Annotated

import typer

from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq undo
supportq undo --list
supportq undo 214
"""

LISTED = 20


def undo(
    context: typer.Context,
    change: Annotated[int | None, typer.Argument(help="Which change, by its number; else your last.", min=1)] = None,
    *,
    listed: Annotated[bool, typer.Option("--list", help="List your last changes, and change nothing.")] = False,
) -> Outcome:
    """Take back the last command, or a named one."""
    from supportq.commands.taken_back import taken_back
    from supportq.work.undo import undo as verb

    desk: Desk = context.obj
    return _list(desk) if listed else taken_back(desk, verb(desk.writer, change), "undone", "redo")


def _list(desk: Desk) -> Outcome:
    from supportq.store.changes import iter_undoable
    from supportq.work.changes import Reader, changes_table

    found = islice(iter_undoable(desk.queue.connection, desk.agent), LISTED)
    return Outcome(table=changes_table(found, Reader(desk.queue, desk.now, desk.zone), caption="supportq undo CHANGE"))
