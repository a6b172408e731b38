"""Business hours read minute by minute from a clock on the wall: slow, plain, and written another way."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import accumulate
from zoneinfo import ZoneInfo

from supportq.sla.hours import Hours

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
BEFORE = 3  # days watched before the window, so that its first minute knows what the clock has already shown


@cache
def latest_shown(zone: str, first: datetime, days: int) -> list[int]:
    """List, for every minute, the latest time that the clock has shown by then: it stands while an hour repeats."""
    moments = (first + minute * MINUTE for minute in range(-BEFORE * 1440, days * 1440))
    shown = (moment.astimezone(ZoneInfo(zone)).replace(tzinfo=UTC) for moment in moments)
    return list(accumulate(((time - EPOCH) // MINUTE for time in shown), max))[BEFORE * 1440 :]


def open_local_minutes(hours: Hours, first: datetime, days: int) -> set[int]:
    minutes: set[int] = set()
    for index in range(-BEFORE, days + BEFORE):
        midnight = first + timedelta(days=index)
        for start, end in intervals_on(hours, midnight.date()):
            opens = (midnight - EPOCH) // MINUTE
            minutes.update(range(opens + start, opens + end))
    return minutes


def intervals_on(hours: Hours, day: date) -> tuple[tuple[int, int], ...]:
    for on, opening in hours.openings:
        if on == day.isoformat():
            return opening
    if any(start <= day.isoformat() <= end for start, end in hours.holidays):
        return ()
    return hours.week[day.weekday()]


def open_minutes(hours: Hours, first: datetime, days: int) -> list[int]:
    """List the open minutes of a window that begins at midnight in UTC, as seconds since it began."""
    local = open_local_minutes(hours, first, days)
    return [minute * 60 for minute, latest in enumerate(latest_shown(hours.zone, first, days)) if latest in local]


def between(minutes: list[int], start: int, end: int) -> int:
    return sum(max(0, min(end, minute + 60) - max(start, minute)) for minute in minutes)


def add(minutes: list[int], start: int, span: int) -> int:
    moment = start
    for minute in minutes:
        if span == 0:
            break
        if minute + 60 > start:
            begin = max(start, minute)
            worked = min(span, minute + 60 - begin)
            moment, span = begin + worked, span - worked
    return moment
