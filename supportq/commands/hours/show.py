"""supportq hours show."""

from datetime import date, timedelta
from typing import Annotated

import typer

from supportq.commands.answer import wants_page
from supportq.commands.hours.stretch import hours_named, told_there
from supportq.commands.hours.week import in_words
from supportq.desk import Desk
from supportq.model.table import Column, Kind, Row, Table
from supportq.output.outcome import Block, Facts, Outcome, Page
from supportq.sla.hours import WEEKDAYS, Hours, format_intervals
from supportq.sla.timeline import LAST_YEAR, BeyondCalendar
from supportq.work.hours import Day, calendar, standing, users

EXAMPLES = """
supportq hours show office
supportq hours show office 2026-12-21
supportq hours show office --json
supportq config set hours.office.openings.2026-12-19 "10:00-14:00"
"""

DAYS = 14

_FACTS = (
    Column("week", "Opens"),
    Column("standing", "Now"),
    Column("until", "Until"),
    Column("teams", "Teams", Kind.LIST),
    Column("policies", "Policies", Kind.LIST),
)
_DAYS = (
    Column("weekday", "Day"),
    Column("date", "Date"),
    Column("opens", "Opens"),
    Column("open_time", "Open time", Kind.OPEN_TIME),
    Column("remark", "Remark", wide=True),
)


def show(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Which hours of the settings, such as office.")],
    day: Annotated[str, typer.Argument(help="From which day on.")] = "today",
) -> Outcome:
    """Show hours, and what they are on each day of two weeks.

    Holidays, one-off openings and changes of the clocks are remarked upon. An opening counts even on a holiday.
    """
    from supportq.commands.config.applied import in_force
    from supportq.settings.holidays import names_in

    desk: Desk = context.obj
    hours = hours_named(desk, name)
    names = names_in(in_force(desk).text, name)
    days = list(calendar(hours, _date(desk, day, hours), DAYS, names))
    table = Table(_DAYS, [_row(each) for each in days])
    return Outcome(page=_page(desk, hours, days) if wants_page(desk) else None, table=table)


def _date(desk: Desk, text: str, hours: Hours) -> date:
    """Return the date that is meant, as it is where these hours are."""
    from supportq.when import parse_moment, zone_named

    zone = zone_named(hours.zone)
    on = parse_moment(text, now=desk.now, zone=zone, direction="future").astimezone(zone).date()
    if on.year > LAST_YEAR:
        raise BeyondCalendar
    return on


def _page(desk: Desk, hours: Hours, days: list[Day]) -> Page:
    is_open, until = standing(hours, desk.now)
    teams, policies = users(desk.settings, hours.name)
    facts = (in_words(hours), "open" if is_open else "closed", told_there(hours, until, desk.now), teams, policies)
    rows = [_row(each) for each in days]
    return Page(
        title=f"{hours.name} ({hours.zone})",
        blocks=(Block(body=Facts(_FACTS, facts)), Block(body=Table(_DAYS, rows))),
        record={
            "hours": hours.name,
            "zone": hours.zone,
            "week": {day: format_intervals(times) for day, times in zip(WEEKDAYS, hours.week, strict=True)},
            "is_open": is_open,
            "until": until,
            "teams": teams,
            "policies": policies,
            "days": [_record(each) for each in days],
        },
    )


def _row(day: Day) -> Row:
    return _weekday(day), day.date.isoformat(), format_intervals(day.opens), day.open_time, _remark(day)


def _record(day: Day) -> dict[str, object]:
    opens = format_intervals(day.opens)
    return {"date": day.date.isoformat(), "opens": opens, "open_s": day.open_time, "remark": _remark(day) or None}


def _weekday(day: Day) -> str:
    return WEEKDAYS[day.date.weekday()][:3]


def _remark(day: Day) -> str:
    if day.remark or day.length == timedelta(days=1):
        return day.remark
    from supportq.when import format_open

    return f"the clocks change: a day of {format_open(day.length)}"
