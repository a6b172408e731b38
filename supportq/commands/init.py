"""supportq init."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq init
supportq init team.db --preset liveagent
supportq init team.db --team "Front desk" --team Workshop --group support
"""


def init(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="The queue file to create; ./supportq.db if none is named.")
    ] = None,
    preset: Annotated[
        str, typer.Option("--preset", metavar="NAME", help="The settings to begin with: small or liveagent.")
    ] = "small",
    teams: Annotated[
        list[str] | None, typer.Option("--team", metavar="NAME", help="A team of yours; give it as often as needed.")
    ] = None,
    group: Annotated[
        str | None,
        typer.Option(
            "--group", metavar="UNIXGROUP", help="The group of the machine whose members may use the file too."
        ),
    ] = None,
) -> Outcome:
    """Create a queue file with teams, hours, SLA targets and canned replies."""
    from supportq.settings.choices import login_name
    from supportq.settings.project import name_queue
    from supportq.work.init import Founding, create, founder, opening_settings

    desk: Desk = context.obj
    agent = founder(desk.named.value, login_name(desk.environment))
    path = file or desk.options.queue or Path("supportq.db")
    settings = opening_settings(preset, agent, zone=desk.zone, now=desk.now, teams=teams or ())
    create(path, Founding(settings, agent.code, desk.now, group))
    named = name_queue(path)
    return Outcome(
        notes=(
            f"Created {path}: {_listed('team', settings.settings.teams)}; you are the agent {agent.code}.",
            *([f"This folder names another queue, {named}; say which: --queue {path}"] if named else []),
            "Inquiries from before now, such as imported ones, raise no alarm (enforce_from in the settings).",
            'Next:  supportq log "Order 12 not here" -c ann@example.com -m "Rang at 9, upset"',
            "       supportq import FILE --triage      supportq config edit",
        )
    )


def _listed(what: str, words: Iterable[str]) -> str:
    names = list(words)
    return f"{what}{'s' if len(names) > 1 else ''} {', '.join(names)}"
