"""supportq undo."""

from functools import partial
from typing import Annotated

import typer

from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq undo
supportq undo --list
supportq undo 214
supportq undo 214 --with-later
"""


def undo(
    context: typer.Context,
    change: Annotated[int | None, typer.Argument(help="Which change, by its number; else your last.", min=1)] = None,
    *,
    with_later: Annotated[
        bool, typer.Option("--with-later", help="Take back too what was done since with the tickets that it created.")
    ] = False,
    listed: Annotated[bool, typer.Option("--list", help="List your last changes, and change nothing.")] = False,
) -> Outcome:
    """Take back the last command, or a named one.

    What fetch or deliver took in is no command of yours, and its server may have it no more: it is taken back by its
    number alone, and comes back by redo with that number.
    """
    from supportq.commands.taken_back import carried_out, listed_changes, passed_over, taken_back
    from supportq.store.changes import iter_undoable
    from supportq.work.undo import to_undo
    from supportq.work.undo import undo as verb

    desk: Desk = context.obj
    if listed:
        return listed_changes(desk, iter_undoable(desk.queue.connection, desk.agent), "supportq undo CHANGE")
    meant = to_undo(desk.writer, change, with_later=with_later)
    undone = carried_out(desk, meant, partial(verb, with_later=with_later))
    outcome = taken_back(desk, undone, "undone", "redo")
    return outcome if change else passed_over(desk, undone, outcome)
