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
supportq config show teams.sales.hours
supportq config show > settings.toml
"""


def show(
    context: typer.Context,
    what: Annotated[
        str | None,
        typer.Argument(metavar="VERSION|KEY", help="Another version than that in force, or one value of it."),
    ] = None,
) -> Outcome:
    """Show the settings in force, one value of them, or an earlier version."""
    desk: Desk = context.obj
    if what and what.isdecimal():
        return Outcome(text=versions.text_of(desk.queue.connection, int(what)), paged=True)
    text = in_force(desk).text
    if what:
        from supportq.settings.keys import value_of

        text = value_of(text, what)
    return Outcome(text=text, paged=True)
