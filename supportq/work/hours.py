"""Business hours asked about from outside: open time added and measured, who goes by them, what a day is like."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta

from supportq.settings.values import Settings
from supportq.sla.hours import (
    MIDNIGHT,
    Hours,
    add,
    between,
    day_span,
    find_holiday,
    intervals,
    opening,
    opening_times,
)
from supportq.sla.timeline import Intervals, find_zone
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


@dataclass(frozen=True, slots=True)
class Day:
    """A date, the intervals that start on it, their open time, how long it is, and why it differs from its weekday."""

    date: date
    opens: Intervals
    open_time: timedelta
    length: timedelta
    remark: str


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


def standing(hours: Hours, now: datetime) -> tuple[bool, datetime | None]:
    """Tell whether the desk is open, and until when that stays so; None where it does for a month."""
    opens = opening(hours, now)
    if opens > now:
        return False, opens
    _, closes = intervals(hours, now, now + _FAR)[0]
    return True, closes if closes < now + _FAR else None


def calendar(hours: Hours, first: date, count: int, names: Mapping[str, str]) -> Iterator[Day]:
    """Yield so many days from one on; `names` tells those of holidays by their dates as written."""
    for on in (first + timedelta(days=place) for place in range(count)):
        opens = opening_times(hours, on)
        open_time = sum(
            (between(hours, _at(on, start, hours), _at(on, end, hours)) for start, end in opens), timedelta()
        )
        length = _at(on, MIDNIGHT, hours) - _at(on, 0, hours)
        yield Day(on, opens, open_time, length, _off(hours, on, names))


def written(holiday: tuple[str, str]) -> str:
    """Return a holiday as the settings write it."""
    first, last = holiday
    return first if first == last else f"{first}..{last}"


def users(settings: Settings, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the teams and the policies that go by these hours."""
    teams = tuple(team.code for team in settings.teams.values() if team.hours == name)
    return teams, tuple(policy.name for policy in settings.policies if policy.hours == name)


def _at(on: date, minute: int, hours: Hours) -> datetime:
    return (datetime.combine(on, time(), find_zone(hours.zone)) + timedelta(minutes=minute)).astimezone(UTC)


def _off(hours: Hours, on: date, names: Mapping[str, str]) -> str:
    """Say of a date why it differs from its weekday."""
    if any(date.fromisoformat(opened) == on for opened, _ in hours.openings):
        return "one-off opening times"
    holiday = find_holiday(hours, on)
    return (names.get(written(holiday)) or "holiday") if holiday else ""


_FAR = timedelta(days=31)
