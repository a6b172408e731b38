"""Business hours asked about from outside: when open time will have passed, and how much of it lies between."""

from datetime import datetime, timedelta

from supportq.sla.hours import Hours, add, between, day_span, intervals
from supportq.values import dataclass
from supportq.when import parse_duration, parse_working

Interval = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class OpenTime:
    """A stretch of calendar time, the open time in it, and the intervals that it is made of."""

    start: datetime
    end: datetime
    span: timedelta
    intervals: tuple[Interval, ...]


def open_span(text: str, hours: Hours) -> timedelta:
    """Read a length of open time: `8h`, `4wh`, or `2wd`, of which one is a day's opening hours."""
    working = parse_working(text)
    if working is None:
        return parse_duration(text)
    return (working.span or timedelta()) + working.days * day_span(hours)


def after(hours: Hours, start: datetime, span: timedelta) -> OpenTime:
    """Return when so much open time will have passed since a moment."""
    end = add(hours, start, span)
    return OpenTime(start, end, span, tuple(intervals(hours, start, end)))


def within(hours: Hours, start: datetime, end: datetime) -> OpenTime:
    """Return how much open time lies between two moments, the earlier named first."""
    return OpenTime(start, end, between(hours, start, end), tuple(intervals(hours, start, end)))
