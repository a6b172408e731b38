"""supportq redo."""

from typing import Annotated

import typer

from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq redo
supportq redo 214
"""


def redo(
    context: typer.Context,
    change: Annotated[
        int | None, typer.Argument(help="Which change that was undone, by its number; else the last.", min=1)
    ] = None,
) -> Outcome:
    """Put back what was undone."""
    from supportq.commands.taken_back import taken_back
    from supportq.work.undo import redo as verb

    desk: Desk = context.obj
    return taken_back(desk, verb(desk.writer, change), "put back", "undo")
