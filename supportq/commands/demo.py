"""supportq demo."""

from pathlib import Path
from typing import Annotated, cast

import typer

from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq demo
supportq demo /tmp/loom
"""


def demo(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", help="Where to make it; a new temporary folder if none is named.")
    ] = None,
) -> Outcome:
    """Make a throw-away queue from sample inquiries and show what supportq does."""
    from supportq.commands.demonstrated import demonstrate
    from supportq.commands.tree import Branch

    desk: Desk = context.obj
    root = cast("Branch", context.find_root().command)
    return demonstrate(desk, folder, root.entries)
