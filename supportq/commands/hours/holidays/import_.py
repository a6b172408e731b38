"""supportq hours holidays import."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from supportq.commands.config.applied import applied, in_force
from supportq.desk import Desk
from supportq.errors import SupportqError, UnknownWord, UsageError
from supportq.output.outcome import Outcome
from supportq.sla.hours import Hours

if TYPE_CHECKING:
    from supportq.settings.holidays import Days

EXAMPLES = """
supportq hours holidays import PL --years 2026-2028
supportq hours holidays import DE-BY --hours office --dry-run
supportq hours holidays import feast.ics
"""


def import_(
    context: typer.Context,
    source: Annotated[
        str, typer.Argument(metavar="COUNTRY|FILE.ics", help="PL, DE-BY (a part of a country), or an iCalendar file.")
    ],
    years: Annotated[
        str, typer.Option("--years", metavar="YEARS", help="Such as 2026-2028; else this year and the next.")
    ] = "",
    hours: Annotated[
        str, typer.Option("--hours", metavar="NAME", help="Whose holidays, where there are several.")
    ] = "",
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, for the history.")] = "",
) -> Outcome:
    """Add the holidays of a country or a calendar to hours.

    Those that are there already stay as they are, so that it can be repeated. From a calendar come the whole days.
    """
    from supportq.settings.check import check
    from supportq.settings.holidays import missing, parse_years, with_holidays

    desk: Desk = context.obj
    years = years or f"{desk.now.year}-{desk.now.year + 1}"
    chosen = _chosen(desk, hours)
    days = _days(desk, source, parse_years(years))
    if not days:
        raise SupportqError(f"{source} has no holidays in {years}", "name other years: --years 2026-2028")
    added = missing(days, chosen)
    new = sum(holiday.length for holiday in added)
    told = f"{source} has {len(days)} days off in {years}, {new or 'none'} of them new to {chosen.name}."
    before = in_force(desk)
    text = with_holidays(before.text, chosen.name, added)
    outcome = applied(desk, check(text), before, verb="hours holidays import", reason=reason or f"{source} {years}")
    return replace(outcome, notes=(told, *outcome.notes))


def _chosen(desk: Desk, name: str) -> Hours:
    """Return the hours of this name, or the only ones that can have holidays."""
    own = {hours.name: hours for hours in desk.settings.hours.values() if hours.name != "always"}
    if name in own:
        return own[name]
    if name or not own:
        raise UnknownWord("hours with holidays", name, own)
    if len(own) > 1:
        raise UsageError("which hours?", f"name them: --hours NAME, one of: {' '.join(own)}")
    return next(iter(own.values()))


def _days(desk: Desk, source: str, years: range) -> "Days":
    from supportq.settings.holidays import days_of_calendar, days_of_country

    if source != "-" and Path(source).suffix.lower() not in {".ics", ".ical"}:
        return days_of_country(source, years)
    from supportq.commands.config.source import read_source

    return days_of_calendar(read_source(desk, source, "the calendar"), source, years)
