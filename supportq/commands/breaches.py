"""supportq breaches."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from supportq.commands.answer import answered, check_format, format_of, settle_format
from supportq.commands.breached import Sight, breach_columns, for_nagios, for_prometheus, in_hours, listed, told, untold
from supportq.commands.lookout import lookout
from supportq.desk import Desk
from supportq.errors import ExitCode, SupportqError, UsageError
from supportq.model.clock import Level
from supportq.output.outcome import Outcome
from supportq.output.streams import is_terminal
from supportq.values import dataclass

EXAMPLES = """
supportq breaches
supportq breaches team:sales --within 1h
supportq breaches -q || page-someone
supportq breaches --check mail --since-last
supportq breaches -f nagios -w 5
supportq breaches -f prom -o /var/lib/node_exporter/supportq.prom
"""

_MONITORS = ("nagios", "prom")
_TOLD = frozenset({"table", "tsv", "md", "html"})
"""The formats that people read, and that say nothing when all is well."""

_READABLE = 0o644
"""Figures hold no words of customers; the program that collects them runs as somebody else."""


class FailOn(StrEnum):
    """From how bad on the exit code says so."""

    LATE = "late"
    AT_RISK = "at-risk"


class By(StrEnum):
    """Under whom breaches stand."""

    TEAM = "team"
    AGENT = "agent"


@dataclass(frozen=True, slots=True)
class Wish:
    """How to tell of a sight: in a monitor's form or one that all readers know, of risks too, as an alarm, in silence.

    An alarm minds the hours of teams; somebody who watches at a terminal sees what waits until then all the same.
    """

    monitor: str
    minds_risk: bool
    speaks_of_risk: bool
    is_alarm: bool
    is_mute: bool
    is_watched: bool
    warning: str
    critical: str


class Views(NamedTuple):
    """What is shown, and what the exit code is about: the same, but for a terminal outside the hours of a team."""

    seen: Sight
    alarm: Sight


def breaches(
    context: typer.Context,
    selector: Annotated[list[str] | None, typer.Argument(help="Which tickets: numbers or filter terms.")] = None,
    *,
    within: Annotated[str, typer.Option("--within", metavar="SPAN", help="At risk is what is due in this time.")] = "",
    check: Annotated[
        str, typer.Option("--check", metavar="NAME", help="Add what was missed and is over since this check ran last.")
    ] = "",
    since_last: Annotated[bool, typer.Option("--since-last", help="Only what the check has not told yet.")] = False,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="From which level on the exit code is 5 or 6.")
    ] = FailOn.LATE,
    by: Annotated[By, typer.Option("--by", help="Who heads each group.")] = By.TEAM,
    always: Annotated[bool, typer.Option("--always", help="Alarm outside the hours of a ticket's team too.")] = False,
    warning: Annotated[
        str, typer.Option("-w", "--warning", metavar="RANGE", help="With -f nagios: more at risk are a warning.")
    ] = "",
    critical: Annotated[
        str, typer.Option("-C", "--critical", metavar="RANGE", help="With -f nagios: more late are critical.")
    ] = "",
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to this file.")] = None,
) -> Outcome:
    """Check tickets against their SLA.

    Beside the formats of all readers there are -f nagios, the line and the exit code of a monitoring plugin, and
    -f prom, figures for Prometheus. What is late raises an alarm, that is 6 for an exit code and a table for cron, while
    its team is open; nights, holidays and a break at midday are closed hours. --always, JSON and monitoring systems
    don't wait. A RANGE is a plugin's: 5, 5:, ~:5, 5:10 or @5:10; to a plugin -c is -C too.
    """
    desk: Desk = context.obj
    monitor = _monitor(desk, output)
    if desk.options.columns == "help" and not monitor:
        return answered(desk, Outcome(table=breach_columns()), output)
    _refuse_contradictions(monitor, check, since_last=since_last, has_thresholds=bool(warning or critical))
    if desk.options.limit is not None:
        _refuse_limit(desk, check)
    if monitor == "nagios":
        critical = critical or desk.options.columns or ""
    minds_risk = fail_on is FailOn.AT_RISK
    wish = Wish(monitor, minds_risk, minds_risk or bool(within), *_manner(desk, monitor, output), warning, critical)
    if check:
        desk.options.limit = 0  # a check leaves nothing out, since it remembers what it told
    sight = Sight(desk, lookout(desk, selector or [], within, check if since_last else ""), by)
    alarm = sight
    if wish.is_alarm and not always and (check or wish.speaks_of_risk or sight.is_late):
        alarm = in_hours(sight)
    views = Views(sight if wish.is_watched else alarm, alarm)
    outcome = _checked(views, wish, check) if check else _said(views, wish)
    if alarm is not sight and not desk.options.quiet and is_terminal(desk.streams.stderr):
        outcome = replace(outcome, notes=(*outcome.notes, *filter(None, [untold(sight, alarm)])))
    if monitor:
        return replace(answered(desk, outcome, output, _READABLE), notes=())
    return answered(desk, outcome, output)


def _refuse_limit(desk: Desk, check: str) -> None:
    """Refuse a number of rows that can't be, or that would leave out what a check then takes for told."""
    from supportq.output import rendering

    rendering.check(desk.options.for_reading())
    if desk.options.limit and check:
        raise UsageError("a check leaves nothing out, since it remembers what it told", "leave out -L or --check")


def _monitor(desk: Desk, output: Path | None) -> str:
    """Return the form of a monitoring system, if one was asked for; other readers don't know them."""
    said = format_of(desk) or (output.suffix.removeprefix(".") if output else "")
    if said not in _MONITORS:
        check_format(desk, *_MONITORS)
        return ""
    desk.options.format = None
    return said


def _refuse_contradictions(monitor: str, check: str, *, since_last: bool, has_thresholds: bool) -> None:
    if since_last and not check:
        raise UsageError("--since-last needs the name of a check", "such as: --check mail --since-last")
    if monitor == "prom" and check:
        raise UsageError("figures for Prometheus are of now; a check has no part in them", "leave out --check")
    if monitor != "nagios" and has_thresholds:
        raise UsageError("-w and -C are thresholds of a monitoring plugin", "add -f nagios, or leave them out")


def _manner(desk: Desk, monitor: str, output: Path | None) -> tuple[bool, bool, bool]:
    """Settle the format, and tell whether the answer is an alarm, whether it is mute, and whether somebody watches."""
    is_mute = bool(desk.options.quiet) and not output
    if not monitor and not is_mute:
        settle_format(desk, output, default="table")
    is_told = is_mute or format_of(desk) in _TOLD
    is_watched = not is_mute and not output and is_terminal(desk.streams.stdout)
    return is_told and not monitor, is_mute, is_watched


def _checked(views: Views, wish: Wish, check: str) -> Outcome:
    """Return what a check has to say, for it to remember once that is said: whoever is killed between says it twice."""
    from supportq.store.checks import begin, remember
    from supportq.store.versions import book_of
    from supportq.work.checks import missed_since, news

    desk = views.seen.desk
    queue, now = desk.queue, desk.now
    queue.allow_writing()
    with queue.reading() as connection:
        run, book = begin(queue, check), book_of(connection)
        sight = replace(views.seen, missed=missed_since(queue, run, views.seen.lookout, book))
        alarm = sight
        if views.alarm is not views.seen:
            alarm = replace(views.alarm, missed=missed_since(queue, run, views.alarm.lookout, book))
        outcome = _said(Views(sight, alarm), wish)
        if outcome.table:
            outcome = replace(outcome, table=replace(outcome.table, rows=list(outcome.table.rows)))
        is_risk_told = wish.minds_risk or outcome.table is not None or outcome.text is not None
        names = news(queue, run, sight.lookout, sight.missed, risk=is_risk_told)
    caught_up = not sight.is_partial
    afterwards = partial(remember, queue, run, names, now, caught_up=caught_up)
    return replace(outcome, afterwards=partial(_if_possible, afterwards, desk) if wish.monitor else afterwards)


def _if_possible(remember: Callable[[], None], desk: Desk) -> None:
    """Remember what a plugin said, in silence: its one line is out, and what it can't keep it says again."""
    from supportq.store.faults import in_plain_words

    with suppress(SupportqError), in_plain_words(desk.path, desk.busy_s):
        remember()


def _said(views: Views, wish: Wish) -> Outcome:
    seen, alarm = views
    if wish.monitor == "nagios":
        return for_nagios(seen, wish.warning, wish.critical)
    is_late = alarm.is_late
    is_at_risk = wish.speaks_of_risk and not is_late and alarm.has(Level.AT_RISK)
    verdict = ExitCode.LATE if is_late else ExitCode.AT_RISK if is_at_risk and wish.minds_risk else ExitCode.DONE
    speaks = is_late or is_at_risk or wish.is_watched
    return replace(_answer(seen, wish, speaks=speaks), exit_code=verdict)


def _answer(sight: Sight, wish: Wish, *, speaks: bool) -> Outcome:
    """Return what there is to read; where only cron looks, silence when there is nothing to say."""
    desk = sight.desk
    if wish.monitor:
        return for_prometheus(sight)
    if wish.is_mute or (wish.is_alarm and not speaks):
        return Outcome()
    return told(sight) if format_of(desk) in _TOLD else Outcome(table=listed(sight))
