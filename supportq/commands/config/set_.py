"""supportq config set."""

from typing import Annotated

import typer

from supportq.commands.config.applied import applied, in_force
from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq config set reopen_days 30
supportq config set teams.sales.hours office
supportq config set views.urgent "status:active priority:urgent"
"""


def set_(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="Which value, such as teams.sales.hours.")],
    value: Annotated[str, typer.Argument(help="What it shall be: TOML where it is TOML, else plain text.")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, for the history.")] = "",
) -> Outcome:
    """Change one value of the settings.

    Comments and everything else stay as they are.
    """
    from supportq.settings.check import check
    from supportq.settings.edit import with_value

    desk: Desk = context.obj
    before = in_force(desk)
    return applied(desk, check(with_value(before.text, key, value)), before, verb="config set", reason=reason)
