"""supportq sla plan."""

import shlex
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from supportq.commands.answer import wants_page
from supportq.commands.config.source import read_settings
from supportq.commands.period import period
from supportq.desk import Desk
from supportq.errors import UsageError
from supportq.output.outcome import Outcome
from supportq.output.progress import progress
from supportq.output.streams import is_terminal

if TYPE_CHECKING:
    from supportq.commands.sla.planned import Subjects
    from supportq.work.plan import Plan, Tally, Trial

EXAMPLES = """
supportq sla plan --settings new.toml --since 90d
supportq sla plan --settings new.toml --since 2026-09 --where team:sales -f csv
supportq sla plan --settings new.toml --since 90d -f ids | supportq list - -f md
supportq config show | sed 's/"2h"/"1h"/' | supportq sla plan --settings - --tickets
"""


def plan(
    context: typer.Context,
    *,
    settings: Annotated[str, typer.Option("--settings", metavar="FILE", help="The settings to try; - is stdin.")],
    since: Annotated[
        str, typer.Option("--since", metavar="TIME", help="Count the promises that began since then, such as 90d.")
    ] = "30d",
    where: Annotated[str, typer.Option("--where", metavar="SELECTOR", help="Count these tickets alone.")] = "",
    tickets: Annotated[
        bool, typer.Option("--tickets", help="List the tickets that would flip, instead of figures.")
    ] = False,
) -> Outcome:
    """Try other settings on real history, and change nothing.

    Every history is told once more, as if these targets, hours and holidays had always been in force: how many
    promises were met, missed and void, and how many would have been. A ticket flips when a promise about it would be
    missed that was not, or no longer be missed: since it would be kept, or not made at all. Which clocks would move now, config apply --dry-run tells.
    """
    from supportq.commands.sla.planned import figures, flips, page
    from supportq.when import format_local

    desk: Desk = context.obj
    chosen = _plan(desk, settings, since, where)
    trials = _trials(desk, chosen)
    if tickets or desk.options.format == "ids":
        return Outcome(table=flips(trials, _subjects(desk)))
    tally, first = _tallied(trials)
    told = page(tally, flips(first, _subjects(desk)), since=format_local(chosen.since, desk.zone, desk.now))
    return Outcome(page=told if wants_page(desk) else None, table=figures(tally), paged=True)


def _plan(desk: Desk, settings: str, since: str, where: str) -> "Plan":
    from supportq.store.scope import scope_of
    from supportq.work.plan import Plan

    checked = read_settings(desk, settings)
    first, _ = period(desk, since)
    if first > desk.now:
        raise UsageError(
            f"nothing was promised since {since}: that is to come", "name a moment before now: --since 30d"
        )
    scope = scope_of(desk.queue, desk.read(shlex.split(where)), now=desk.now)
    return Plan(checked.settings, first, desk.now, scope)


def _trials(desk: Desk, chosen: "Plan") -> Iterator["Trial"]:
    """Yield the trials under a bar, unless rows go to the terminal meanwhile."""
    from supportq.work.plan import size_of, trials

    streams = desk.streams
    if is_terminal(streams.stdout) and desk.options.format not in (None, "table"):
        yield from trials(desk.queue, chosen, lambda _rows, _position: None)
        return
    with progress("Telling histories anew", size_of(desk.queue, chosen), streams) as report:
        yield from trials(desk.queue, chosen, report)


def _tallied(trials: Iterable["Trial"]) -> tuple["Tally", list["Trial"]]:
    """Count the trials, and keep the first ones that flip a ticket."""
    from supportq.commands.sla.planned import SHOWN_FLIPS
    from supportq.work.plan import Tally, Trial

    tally, first = Tally(), list[Trial]()
    for trial in trials:
        tally.count(trial)
        if trial.flips and len(first) < SHOWN_FLIPS:
            first.append(trial)
    return tally, first


def _subjects(desk: Desk) -> "Subjects":
    from supportq.store.texts import read_texts

    return lambda number: read_texts(desk.queue.connection, [number]).get(number, "") if number else ""
