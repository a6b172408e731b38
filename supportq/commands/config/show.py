"""supportq config show."""

from typing import Annotated

import typer

from supportq.commands.config.applied import in_force
from supportq.desk import Desk
from supportq.output.outcome import Outcome
from supportq.store import versions

EXAMPLES = """
supportq config show
supportq config show 3
supportq config show > settings.toml
"""


def show(
    context: typer.Context,
    version: Annotated[int | None, typer.Argument(help="Which version; the one in force if not said.")] = None,
) -> Outcome:
    """Show the settings in force, or an earlier version."""
    desk: Desk = context.obj
    if version is None:
        return Outcome(text=in_force(desk).text, paged=True)
    return Outcome(text=versions.text_of(desk.queue.connection, version), paged=True)
