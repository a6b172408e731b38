"""supportq init."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from supportq.desk import Desk
from supportq.errors import UsageError
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq init
supportq init team.db --preset liveagent
supportq init team.db --team "Front desk" --team Workshop --group support
supportq init copy.db --from all.jsonl
"""


def init(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="The queue file to create; ./supportq.db if none is named.")
    ] = None,
    preset: Annotated[
        str | None,
        typer.Option(
            "--preset", metavar="NAME", help="The settings to begin with: small, which is the default, or liveagent."
        ),
    ] = None,
    teams: Annotated[
        list[str] | None, typer.Option("--team", metavar="NAME", help="A team of yours; give it as often as needed.")
    ] = None,
    group: Annotated[
        str | None,
        typer.Option(
            "--group", metavar="UNIXGROUP", help="The group of the machine whose members may use the file too."
        ),
    ] = None,
    export: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="FILE", help="Make it equal to the queue that this export came from; - is standard input."
        ),
    ] = None,
) -> Outcome:
    """Create a queue file with teams, hours, SLA targets and canned replies."""
    from supportq.settings.choices import login_name
    from supportq.work.init import Founding, create, founder, opening_settings

    desk: Desk = context.obj
    if export:
        return _restored(desk, _place(desk, file), export, given=(preset, teams), group=group)
    agent = founder(desk.named.value, login_name(desk.environment))
    path = _place(desk, file)
    settings = opening_settings(preset or "small", agent, zone=desk.zone, now=desk.now, teams=teams or ())
    create(path, Founding(settings, agent.code, desk.now, group))
    return Outcome(
        notes=(
            f"Created {path}: {_listed('team', settings.settings.teams)}; you are the agent {agent.code}.",
            *_named(path),
            f'Customers know you as {agent.name}; another name: supportq config set agents.{agent.code}.name "..."',
            "Inquiries from before now, such as imported ones, raise no alarm (enforce_from in the settings).",
            'Next:  supportq log "Order 12 not here" -c ann@example.com -m "Rang at 9, upset"',
            "       supportq import FILE --triage      supportq config edit",
        )
    )


def _place(desk: Desk, file: Path | None) -> Path:
    return file or Path(desk.options.queue or "supportq.db")


def _restored(desk: Desk, path: Path, export: str, *, given: tuple[object, ...], group: str | None) -> Outcome:
    """Make a queue of an export, which brings all of its settings."""
    from supportq.intake.packed import open_files
    from supportq.output.progress import progress
    from supportq.store.restore import WORK
    from supportq.work.restore import restore

    if any(given):
        raise UsageError("an export brings its own settings", "leave out --preset and --team, or --from")
    if export == "-" and desk.streams.is_typed:
        desk.streams.say("Waiting for an export on standard input; Ctrl-D ends it.")
    with (
        open_files(export, desk.streams.bytes_in) as source,
        progress("making the queue", source.size * WORK, desk.streams) as report,
    ):
        count = restore(path, source, group, report)
    return Outcome(notes=(f"Created {path} from {source.name}: {count:,} ticket{'s' * (count != 1)}.", *_named(path)))


def _named(path: Path) -> list[str]:
    """Let the folder name the queue, and say which other one it names."""
    from supportq.settings.project import name_queue

    named = name_queue(path)
    return [f"This folder names another queue, {named}; say which: --queue {path}"] if named else []


def _listed(what: str, words: Iterable[str]) -> str:
    names = list(words)
    return f"{what}{'s' if len(names) > 1 else ''} {', '.join(names)}"
