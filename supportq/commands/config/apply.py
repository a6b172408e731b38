"""supportq config apply."""

from typing import Annotated

import typer

from supportq.commands.config.applied import applied, in_force
from supportq.commands.config.source import read_settings
from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq config apply settings.toml
supportq config apply settings.toml --dry-run
git show main:desk.toml | supportq config apply - --yes
"""


def apply(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="The settings; - for standard input.")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, for the history.")] = "",
) -> Outcome:
    """Apply a settings file.

    It is checked as a whole first. When clocks that run now would move, that is said, and asked about.
    """
    desk: Desk = context.obj
    return applied(desk, read_settings(desk, file), in_force(desk), verb="config apply", reason=reason)
