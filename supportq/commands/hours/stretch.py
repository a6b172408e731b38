"""A stretch of open time: how it is asked for, and how it is shown with the intervals that add up to it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from supportq.commands.answer import wants_page
from supportq.desk import Desk
from supportq.errors import NoSuchName
from supportq.model.table import Column, Kind, Row, Table
from supportq.output.outcome import Block, Facts, Outcome, Page
from supportq.sla.hours import Hours
from supportq.when import format_zone
from supportq.work.hours import OpenTime

_ANSWER = (
    Column("hours", "Hours"),
    Column("start", "From", Kind.MOMENT),
    Column("end", "Until", Kind.MOMENT),
    Column("open", "Open time", Kind.OPEN_TIME),
)
_FACTS = _ANSWER[1:]
_INTERVALS = (
    Column("start", "Open from", Kind.MOMENT),
    Column("end", "Until", Kind.MOMENT),
    Column("open", "Open time", Kind.OPEN_TIME),
    Column("sum", "Sum", Kind.OPEN_TIME),
)


def hours_named(desk: Desk, name: str) -> Hours:
    """Return the hours of this name; raise NoSuchName."""
    known = desk.settings.hours
    if name not in known:
        raise NoSuchName("hours", name, known)
    return known[name]


def hours_there(desk: Desk, name: str) -> Hours:
    """Return the hours of this name, and let times be read and shown as clocks are there, but for a --tz."""
    hours = hours_named(desk, name)
    desk.options.tz = desk.options.tz or hours.zone
    return hours


def told_there(hours: Hours, moment: datetime | None, now: datetime) -> str:
    """Return a moment for people who read opening times beside it: as clocks are where these hours are."""
    from supportq.when import format_local, zone_named

    return format_local(moment, zone_named(hours.zone), now) if moment else ""


def shown(desk: Desk, hours: Hours, found: OpenTime) -> Outcome:
    """Return an answer with its intervals as a page, and as one row where rows alone are known."""
    table = Table(_ANSWER, [(hours.name, found.start, found.end, found.span)])
    if not wants_page(desk):
        return Outcome(table=table)
    here = format_zone(desk.zone, desk.now)
    elsewhere = "" if here == hours.zone else f", in times of {here}"
    page = Page(
        title=f"Open time of {hours.name} ({hours.zone}){elsewhere}",
        blocks=(
            Block(body=Facts(_FACTS, (found.start, found.end, found.span))),
            Block(body=Table(_INTERVALS, list(_summed(found)))),
        ),
        record={
            "hours": hours.name,
            "start": found.start,
            "end": found.end,
            "open_s": found.span,
            "intervals": [{"start": start, "end": end, "open_s": end - start} for start, end in found.intervals],
        },
    )
    return Outcome(page=page, table=table)


def _summed(found: OpenTime) -> Iterator[Row]:
    total = timedelta()
    for start, end in found.intervals:
        total += end - start
        yield start, end, end - start, total
