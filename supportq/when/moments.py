"""Moments as people write them: fri 16:30, yesterday 9am, 31 may, 2026-11-22 14:00, 3 days ago."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal

from supportq.values import dataclass
from supportq.when.clockface import END_OF_DAY, MIDNIGHT, find_clock
from supportq.when.names import WEEKDAYS, find_name
from supportq.when.periods import DAY, Period, find_period
from supportq.when.phrases import YEARLY, one_word_each
from supportq.when.refusals import clock_change, refusal, refusing_the_impossible
from supportq.when.spans import find_span
from supportq.when.stamps import find_epoch, reachable

RFC_3339 = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?"

Direction = Literal["past", "future"]

Recurrence = Callable[[date], bool]
"""Tells whether a day that comes again, such as a weekday, is on this date."""

SEEN_DAYS = 9 * 366
"""So far a reader looks for a day that comes again: the 29th of February may take eight years."""

MORNING = time(9)


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Where a reader stands: the present moment, the zone, and which way they look."""

    now: datetime
    zone: tzinfo
    direction: Direction

    @property
    def today(self) -> date:
        """Return the date on the reader's wall."""
        return self.now.astimezone(self.zone).date()

    def start(self, day: date) -> datetime:
        """Return the first moment of a day in UTC: not always midnight, which a clock change may skip."""
        return self._moment(day, MIDNIGHT)

    def moment(self, day: date, clock: time) -> datetime:
        """Return when the clocks show this on a day, in UTC; raise UsageError where they never do, or do twice."""
        moment, other = self._moment(day, clock), self._moment(day, clock.replace(fold=1))
        if moment != other:
            raise clock_change(f"{day} {clock:%H:%M}", moment.astimezone(self.zone), other.astimezone(self.zone))
        return moment

    def nearest_day(self, is_on: Recurrence) -> date:
        """Return the nearest such day in sight, today included."""
        return next(self._days_in_sight(is_on))

    def day_of_nearest(self, is_on: Recurrence, clock: time) -> date:
        """Return the day of the nearest such moment in sight: up to now in the past, after now in the future."""
        is_ahead = self.direction == "future"
        days = self._days_in_sight(is_on)
        return next(day for day in days if (self._moment(day, clock) > self.now) is is_ahead)

    def _moment(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, tzinfo=self.zone).astimezone(UTC)

    def _days_in_sight(self, is_on: Recurrence) -> Iterator[date]:
        today, step = self.today, DAY if self.direction == "future" else -DAY
        return filter(is_on, (today + count * step for count in range(SEEN_DAYS)))


@dataclass(frozen=True, slots=True)
class Spoken:
    """A day or longer period, a time of day, or both, as they were named; without a period it comes again."""

    period: Period | None
    is_on: Recurrence
    clock: time | None

    def days(self, here: Standpoint) -> Period:
        """Return the period, or the nearest such day."""
        if self.period:
            return self.period
        day = here.nearest_day(self.is_on)
        return day, day + DAY

    def moment(self, here: Standpoint) -> datetime:
        """Return the moment that is meant, which is the start where no time of day was named."""
        day = self.period[0] if self.period else here.day_of_nearest(self.is_on, self.clock or MIDNIGHT)
        return here.moment(day, self.clock) if self.clock else here.start(day)


def parse_moment(text: str, *, now: datetime, zone: tzinfo, direction: Direction) -> datetime:
    """Return the moment a person means; bare spans, weekdays and times of day look in the given direction."""
    written = " ".join(text.split())
    if written.isdecimal():
        raise refusal(written)
    with refusing_the_impossible(written):
        return read_moment(written, Standpoint(now, zone, direction))


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day that was named without a time: its first moment, and nine o'clock in the morning."""

    start: datetime
    morning: datetime


def find_day(text: str, *, now: datetime, zone: tzinfo) -> NamedDay | None:
    """Return the day ahead, or the first of the period, that a text names without a time of day; else None."""
    here = Standpoint(now, zone, "future")
    with refusing_the_impossible(text):
        spoken = find_spoken(" ".join(text.split()), here.today)
        if spoken is None or spoken.clock:
            return None
        start = reachable(spoken.moment(here))
        return NamedDay(start, here.moment(start.astimezone(zone).date(), MORNING))


def read_moment(text: str, here: Standpoint) -> datetime:
    """Return the moment that a tidy text means from where the reader stands."""
    moment = (
        find_shifted(text, here) or find_epoch(text) or _find_rfc_3339(text, here) or _find_spoken_moment(text, here)
    )
    if moment is None:
        raise refusal(text)
    return reachable(moment)


def find_shifted(text: str, here: Standpoint) -> datetime | None:
    """Return now shifted by a span (3d, 3 days ago, in 2h); None when the text is no span."""
    if text.lower() == "now":
        return here.now
    ahead, back = text.lower().startswith("in "), text.lower().endswith(" ago")
    span = find_span(text[3:] if ahead else text[:-4] if back else text)
    if span is None:
        return None
    is_past = back or (here.direction == "past" and not ahead)
    return (-span if is_past else span).after(here.now, here.zone)


def find_spoken(text: str, today: date) -> Spoken | None:
    """Read at most one day and one time of day, in any order; None when there is something else."""
    words = [word for word in one_word_each(text) if word != "at"]
    clocks = [word for word in words if word in END_OF_DAY or _find_hour(word)]
    days = [word for word in words if word not in clocks]
    if len(clocks) > 1 or len(days) > 1 or not words or (not days and clocks[0].isdecimal()):
        return None
    return _spoken(days[0] if days else None, clocks[0] if clocks else None, today)


def _find_hour(word: str) -> time | None:
    """Read a time of day, or the bare hour that one may be beside a day: tomorrow 9."""
    return find_clock(f"{word}:00" if word.isdecimal() and len(word) <= 2 else word)


def _spoken(day: str | None, clock: str | None, today: date) -> Spoken | None:
    hour = _find_hour(clock) if clock else None
    later = DAY if day and clock in END_OF_DAY else timedelta()
    is_on = _find_recurrence(day)
    if is_on:
        return Spoken(None, lambda date: is_on(date - later), hour)
    period = find_period(day, today) if day else None
    if period is None or (clock and period[1] - period[0] > DAY):
        return None
    return Spoken((period[0] + later, period[1] + later), _any_day, hour)


def _any_day(_day: date) -> bool:
    return True


def _find_recurrence(day: str | None) -> Recurrence | None:
    """Read what comes every week or every year; without a day, it is every day."""
    if day is None:
        return _any_day
    if yearly := re.fullmatch(YEARLY, day):
        wanted = date(2000, int(yearly[1]), int(yearly[2]))
        return lambda date: (date.month, date.day) == (wanted.month, wanted.day)
    weekday = find_name(day, WEEKDAYS)
    return None if weekday is None else lambda date: date.weekday() == weekday


def _find_spoken_moment(text: str, here: Standpoint) -> datetime | None:
    spoken = find_spoken(text, here.today)
    return spoken.moment(here) if spoken else None


def _find_rfc_3339(text: str, here: Standpoint) -> datetime | None:
    if not re.fullmatch(RFC_3339, text, re.IGNORECASE):
        return None
    moment = datetime.fromisoformat(text.upper())
    return moment if moment.tzinfo else here.moment(moment.date(), moment.time())
