"""supportq breaches."""

from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from supportq.commands.answer import answered, format_of, settle_format
from supportq.desk import Desk
from supportq.errors import ExitCode
from supportq.output.outcome import Outcome
from supportq.store import breaches as promises
from supportq.store.breaches import Breach, Lookout
from supportq.store.scope import scope_of

EXAMPLES = """
supportq breaches
supportq breaches team:sales --within 1h
supportq breaches -q || page-someone
*/5 * * * *  supportq breaches --queue desk.db
"""

WORST = 50
_TOLD = frozenset({"table", "tsv", "md"})
"""The formats that people read, and that say nothing when all is well."""


class Level(StrEnum):
    """From how bad on the exit code says so."""

    LATE = "late"
    AT_RISK = "at-risk"


class By(StrEnum):
    """Under whom breaches stand."""

    TEAM = "team"
    AGENT = "agent"


def breaches(
    context: typer.Context,
    selector: Annotated[list[str] | None, typer.Argument(help="Which tickets: numbers or filter terms.")] = None,
    within: Annotated[str, typer.Option("--within", metavar="SPAN", help="At risk is what is due in this time.")] = "",
    fail_on: Annotated[
        Level, typer.Option("--fail-on", help="From which level on the exit code is 5 or 6.")
    ] = Level.LATE,
    by: Annotated[By, typer.Option("--by", help="Who heads each group.")] = By.TEAM,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to this file.")] = None,
) -> Outcome:
    """Check tickets against their SLA."""
    desk: Desk = context.obj
    lookout = _lookout(desk, selector or [], within)
    late = promises.is_any_late(desk.queue, lookout)
    minds_risk = fail_on is Level.AT_RISK
    at_risk = not late and minds_risk and promises.is_any_at_risk(desk.queue, lookout)
    verdict = ExitCode.LATE if late else ExitCode.AT_RISK if at_risk else ExitCode.DONE
    if desk.options.quiet:
        return Outcome(exit_code=verdict)
    settle_format(desk, output, default="table")
    speaks = late or minds_risk or bool(within)
    return answered(desk, replace(_report(desk, lookout, by, speaks=speaks), exit_code=verdict), output)


def _lookout(desk: Desk, words: list[str], within: str) -> Lookout:
    from datetime import timedelta

    horizon = desk.now + timedelta(seconds=desk.seconds(within))
    if not words:
        return Lookout(desk.now, horizon)
    return Lookout(desk.now, horizon, scope_of(desk.queue, desk.read(words), now=desk.now))


def _report(desk: Desk, lookout: Lookout, by: By, *, speaks: bool) -> Outcome:
    """Return the table; where only programs and cron look, silence when there is nothing to say."""
    from supportq.output.streams import is_terminal
    from supportq.store.versions import book_of
    from supportq.work.breaches import breach_table

    is_told = format_of(desk) in _TOLD
    if is_told and not speaks and not is_terminal(desk.streams.stdout):
        return Outcome()
    most = _most(desk) if is_told else None
    late, at_risk = _worst(desk, lookout, most)
    table = breach_table(late, at_risk, book=book_of(desk.queue.connection), now=desk.now, by=by)
    if not is_told:
        return Outcome(table=table)
    told = replace(table, caption=_caption(desk, lookout, most))
    return Outcome(table=told, notes=_without_alarm(desk, lookout))


def _most(desk: Desk) -> int | None:
    """Return how many rows to read: the worst fifty, unless more or fewer were asked for."""
    asked = desk.options.limit
    if desk.options.sort or asked == 0:
        return None
    return WORST if asked is None else asked


def _worst(desk: Desk, lookout: Lookout, most: int | None) -> tuple[list[Breach] | Iterator[Breach], Iterator[Breach]]:
    if most is None:
        return promises.iter_late(desk.queue, lookout), promises.iter_at_risk(desk.queue, lookout)
    late = list(promises.iter_late(desk.queue, lookout, most))
    return late, promises.iter_at_risk(desk.queue, lookout, most - len(late))


def _caption(desk: Desk, lookout: Lookout, most: int | None) -> str:
    late, at_risk = promises.count_late(desk.queue, lookout), promises.count_at_risk(desk.queue, lookout)
    if not late and not at_risk:
        return " ".join(["No promise is late or at risk.", *_next_due(desk, lookout)])
    more = f"; the worst {most} shown, -L 0 shows all" if most is not None and late + at_risk > most else ""
    tickets = promises.count_tickets(desk.queue, lookout)
    on_tickets = f"on {tickets:,} ticket{'s' * (tickets != 1)}"
    return f"{late:,} promise{'s' * (late != 1)} late, {at_risk:,} at risk, {on_tickets}{more}"


def _next_due(desk: Desk, lookout: Lookout) -> Iterator[str]:
    from supportq.when import format_due

    found = promises.find_next_due(desk.queue, lookout)
    if found:
        yield f"Next: {found[0]}, due {format_due(found[1], desk.now)}"


def _without_alarm(desk: Desk, lookout: Lookout) -> tuple[str, ...]:
    """Say how many late promises are too old to raise an alarm."""
    from supportq.when import format_local

    since = desk.settings.enforce_from
    count = promises.count_without_alarm(desk.queue, lookout) if since else 0
    if not since or not count:
        return ()
    day = format_local(since, desk.zone, desk.now)
    return (f"{count:,} late promises from before {day} raise no alarm (sla.enforce_from)",)
