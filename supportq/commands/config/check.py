"""supportq config check."""

from typing import Annotated

import typer

from supportq.commands.config.applied import check_agents
from supportq.commands.config.source import read_settings
from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq config check settings.toml
"""


def check(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="The settings; - for standard input.")],
) -> Outcome:
    """Check a settings file without applying it.

    No queue is needed. Every fault is told at once, with its line and what would be right.
    """
    from supportq.sla.policy import never_reached

    desk: Desk = context.obj
    checked = read_settings(desk, file)
    check_agents(checked)
    unreached = tuple(
        f'Line {policy.line}: policy "{policy.name}" never counts: one before it has no filter.'
        for policy in never_reached(checked.settings.policies)
    )
    return Outcome(notes=(*unreached, f"{'The text' if file == '-' else file} is right."))
