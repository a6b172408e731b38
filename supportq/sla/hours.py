"""Business hours: when a desk is open, and the arithmetic of open time."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import pairwise

from supportq.sla.timeline import FIRST_YEAR, LAST_YEAR, BeyondCalendar, Intervals, Timeline, day_number, find_zone
from supportq.values import dataclass

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MIDNIGHT = 24 * 60
WEEK = 7 * MIDNIGHT
ROUND_THE_CLOCK: tuple[Intervals, ...] = (((0, MIDNIGHT),),) * 7

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@dataclass(frozen=True)  # no slots: the timeline is kept beside the fields
class Hours:
    """When a desk is open: a week of intervals, the dates it is closed, and one-off openings.

    Intervals are minutes of the local day on which they start; one that ends past 24:00 goes on into the next day.
    A holiday closes the intervals that start on its date, so a night shift that began the evening before is worked
    to its end. A one-off opening replaces what the week and the holidays say of its date.
    """

    name: str
    zone: str
    week: tuple[Intervals, ...]
    holidays: tuple[tuple[str, str], ...] = ()
    openings: tuple[tuple[str, Intervals], ...] = ()

    @cached_property
    def never_closes(self) -> bool:
        """Tell whether these are plain 24/7 hours, where open time is time."""
        return self.week == ROUND_THE_CLOCK and not self.holidays and not self.openings

    @cached_property
    def timeline(self) -> Timeline:
        """Lay these hours out in time."""
        zone = find_zone(self.zone)
        if zone is None:
            raise ValueError(_unknown_zone(self.zone))
        closed: dict[int, Intervals] = dict.fromkeys(_days(self.holidays), ())
        opened = {day_number(date.fromisoformat(on)): day for on, day in self.openings}
        return Timeline(zone, self.week, closed | opened)


def add(hours: Hours, start: datetime, span: timedelta) -> datetime:
    """Find the moment when `span` of open time has passed since `start`: the closing, if it ends exactly there."""
    if not span:
        return start
    if span.days < 0:
        raise ValueError(f"open time is added, never taken away: {span}")
    if hours.never_closes:
        return _plain_sum(start, span)
    return _moment(hours.timeline.after(_second(start), span // SECOND))


def between(hours: Hours, start: datetime, end: datetime) -> timedelta:
    """Measure the open time from `start` to `end`; none when `end` is not later."""
    if end <= start:
        return timedelta()
    if hours.never_closes:
        return end - start
    return timedelta(0, hours.timeline.open_seconds(_second(start), _second(end)))


def intervals(hours: Hours, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """List the open intervals from `start` to `end`, cut to both, with those that touch made one."""
    if end <= start:
        return []
    if hours.never_closes:
        return [(start, end)]
    stretches = hours.timeline.stretches(_second(start), _second(end))
    return [(_moment(opens), _moment(closes)) for opens, closes in stretches]


def opening(hours: Hours, moment: datetime) -> datetime:
    """Return the moment itself while open, else the next opening; the closing moment is no longer open."""
    if hours.never_closes:
        return moment
    return _moment(hours.timeline.opening(_second(moment)))


def opening_times(hours: Hours, on: date) -> Intervals:
    """Return the intervals that start on a date: of a one-off opening, else of its weekday unless that is a holiday."""
    for opened, day in hours.openings:
        if date.fromisoformat(opened) == on:
            return day
    return () if find_holiday(hours, on) else hours.week[on.weekday()]


def find_holiday(hours: Hours, on: date) -> tuple[str, str] | None:
    """Return the holiday, as it is written, that a date lies in."""
    return next((days for days in hours.holidays if day_number(on) in _days([days])), None)


def day_span(hours: Hours) -> timedelta:
    """Measure a working day (`wd`): the mean open time of the weekdays that open, holidays aside."""
    worked = [sum(end - start for start, end in day) for day in hours.week if day]
    return timedelta(seconds=sum(worked) * 60 // len(worked))


def parse_intervals(text: str | Iterable[str]) -> Intervals:
    """Read a day's opening times, such as "08:00-12:00, 13:30-18:00" or "22:00-06:00", in any order."""
    parts = text.split(",") if isinstance(text, str) else text
    return tuple(sorted(_parse_interval(part.strip()) for part in parts if part.strip()))


def format_intervals(day: Intervals) -> str:
    """Write a day's opening times as `parse_intervals` reads them."""
    return ", ".join(_written(start, end) for start, end in day)


def faults(hours: Hours) -> list[str]:
    """Say in one sentence each what is wrong with these hours; whatever has no faults can be computed with."""
    found = [] if find_zone(hours.zone) else [_unknown_zone(hours.zone)]
    found += _faults_of_week(hours.week)
    for first, last in hours.holidays:
        found += _faults_of_holiday(first, last)
    for on, day in hours.openings:
        found += [*_faults_of_date(on), *_faults_of_intervals(on, day), *_overlaps(_spans(on, 0, day))]
    return found


def _second(moment: datetime) -> int:
    elapsed = moment - EPOCH
    return elapsed.days * 86_400 + elapsed.seconds


def _moment(second: int) -> datetime:
    return EPOCH + timedelta(0, second)


def _plain_sum(start: datetime, span: timedelta) -> datetime:
    try:
        return start + span
    except OverflowError:
        raise BeyondCalendar from None


def _days(ranges: Iterable[tuple[str, str]]) -> Iterator[int]:
    for first, last in ranges:
        yield from range(day_number(date.fromisoformat(first)), day_number(date.fromisoformat(last)) + 1)


def _parse_interval(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d\d?):(\d\d)\s*[-\u2013]\s*(\d\d?):(\d\d)", text, re.ASCII)
    if not match:
        raise ValueError(f'"{text}" is no interval: write it as 09:00-17:00')
    from_hour, from_minute, to_hour, to_minute = map(int, match.groups())
    start, end = from_hour * 60 + from_minute, to_hour * 60 + to_minute
    if start >= MIDNIGHT or end > MIDNIGHT or from_minute > 59 or to_minute > 59:
        raise ValueError(f'"{text}" is no interval: times go from 00:00 to 24:00; 22:00-06:00 ends on the next day')
    if start == end:
        raise ValueError(f'"{text}" is empty: a whole day is 00:00-24:00')
    return start, end if end > start else end + MIDNIGHT


Span = tuple[int, int, str]


def _faults_of_week(week: tuple[Intervals, ...]) -> list[str]:
    if len(week) != 7:
        return [f"a week has 7 days, Monday to Sunday, not {len(week)}"]
    if not any(week):
        return ["these hours never open: at least one weekday needs opening times"]
    found = [fault for weekday, day in zip(WEEKDAYS, week, strict=True) for fault in _faults_of_intervals(weekday, day)]
    spans = sorted(span for index, day in enumerate(week) for span in _spans(WEEKDAYS[index], index * MIDNIGHT, day))
    return found + _overlaps([*spans, *((start + WEEK, end + WEEK, label) for start, end, label in spans[:1])])


def _spans(label: str, offset: int, day: Intervals) -> list[Span]:
    return [(offset + start, offset + end, f"{label} {_written(start, end)}") for start, end in sorted(day)]


def _overlaps(spans: Iterable[Span]) -> list[str]:
    return [f"{one[2]} overlaps {other[2]}" for one, other in pairwise(spans) if other[0] < one[1]]


def _faults_of_intervals(label: str, day: Intervals) -> list[str]:
    return [
        f"{label} {_clock(start)}-{_clock(end)} is no interval: it starts before 24:00 and ends later, within a day"
        for start, end in day
        if not 0 <= start < MIDNIGHT or not start < end <= start + MIDNIGHT
    ]


def _faults_of_holiday(first: str, last: str) -> list[str]:
    found = [*_faults_of_date(first), *(_faults_of_date(last) if last != first else [])]
    if found:
        return found
    length = day_number(date.fromisoformat(last)) - day_number(date.fromisoformat(first)) + 1
    if length < 1:
        return [f"the holiday from {first} to {last} ends before it begins"]
    return [f"the holiday from {first} to {last} lasts longer than a year"] if length > 366 else []


def _faults_of_date(text: str) -> list[str]:
    try:
        year = date.fromisoformat(text).year
    except ValueError:
        return [f'"{text}" is no date: write it as 2026-12-24']
    return [] if FIRST_YEAR <= year <= LAST_YEAR else [f"{text} is not in the years {FIRST_YEAR} to {LAST_YEAR}"]


def _unknown_zone(name: str) -> str:
    from difflib import get_close_matches
    from zoneinfo import available_timezones

    nearest = get_close_matches(name, available_timezones(), n=1)
    return f'no time zone "{name}" (did you mean {nearest[0]}?)' if nearest else f'no time zone "{name}"'


def _written(start: int, end: int) -> str:
    return f"{_clock(start)}-{_clock((end - 1) % MIDNIGHT + 1)}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
