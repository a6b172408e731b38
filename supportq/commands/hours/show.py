"""supportq hours show."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from supportq.commands.hours.stretch import hours_named, out_of_range
from supportq.commands.hours.week import in_words
from supportq.commands.open_time import in_hours
from supportq.desk import Desk
from supportq.model.table import Column, Kind, Row, Table
from supportq.output.outcome import Block, Facts, Outcome, Page
from supportq.sla.hours import WEEKDAYS, Hours, between, format_intervals, opening_times

EXAMPLES = """
supportq hours show office
supportq hours show office 2026-12-21
supportq hours show office --json
supportq config set hours.office.openings.2026-12-19 "10:00-14:00"
"""

DAYS = 14

_FACTS = (
    Column("zone", "Zone"),
    Column("week", "Open"),
    Column("now", "Now"),
    Column("until", "Until", Kind.MOMENT),
    Column("teams", "Teams", Kind.LIST),
    Column("policies", "Policies", Kind.LIST),
)
_CALENDAR = (
    Column("date", "Date"),
    Column("weekday", "Day"),
    Column("open", "Open"),
    Column("open_time", "Open time", Kind.DURATION),
    Column("remark", "Remark", wide=True),
)


def show(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Which hours of the settings, such as office.")],
    day: Annotated[str, typer.Argument(help="From which day on, two weeks; else from today on.")] = "today",
) -> Outcome:
    """Show hours with the calendar of two weeks.

    Holidays, one-off opening times and changes of the clocks are in it. An opening counts even on a holiday.
    """
    desk: Desk = context.obj
    hours = hours_named(desk, name)
    first = _date(desk, day, hours)
    try:
        calendar = list(_calendar(desk, hours, first))
    except ValueError as error:
        raise out_of_range(error) from error
    return Outcome(page=_page(desk, hours, calendar), table=Table(_CALENDAR, calendar))


def _date(desk: Desk, text: str, hours: Hours) -> date:
    """Return the date that is meant, as it is at these hours."""
    from supportq.when import parse_moment

    zone = ZoneInfo(hours.zone)
    return parse_moment(text, now=desk.now, zone=zone, direction="future").astimezone(zone).date()


def _calendar(desk: Desk, hours: Hours, first: date) -> Iterator[Row]:
    from supportq.commands.config.applied import in_force
    from supportq.settings.holidays import names_in
    from supportq.work.hours import dates_from, remark_on

    names = names_in(in_force(desk).text, hours.name)
    for on in dates_from(first, DAYS):
        midnight, following = _midnight(on, hours), _midnight(on + timedelta(days=1), hours)
        times = format_intervals(opening_times(hours, on))
        yield (
            on.isoformat(),
            WEEKDAYS[on.weekday()][:3],
            times,
            between(hours, midnight, following),
            remark_on(hours, on, names) or _clocks(midnight, following),
        )


def _midnight(on: date, hours: Hours) -> datetime:
    return datetime.combine(on, time(), ZoneInfo(hours.zone))


def _clocks(midnight: datetime, following: datetime) -> str:
    """Say of a day on which the clocks change how long it is."""
    length = timedelta(seconds=following.timestamp() - midnight.timestamp())
    return "" if length == timedelta(days=1) else f"clocks change: a day of {in_hours(length)}"
