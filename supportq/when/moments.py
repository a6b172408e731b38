"""Moments as people write them: fri 16:30, yesterday 9am, 2026-11-22 14:00, 3 days ago."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, tzinfo
from typing import Literal

from supportq.values import dataclass
from supportq.when.clockface import MIDNIGHT, find_clock
from supportq.when.names import WEEKDAYS, find_name
from supportq.when.periods import DAY, Period, find_period
from supportq.when.refusals import clock_change, refusal, refusing_the_impossible
from supportq.when.spans import find_span
from supportq.when.stamps import find_epoch, reachable

RFC_3339 = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?"

Direction = Literal["past", "future"]


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

    def nearest_day(self, weekday: int | None) -> date:
        """Return the nearest such day in sight, today included."""
        return next(self._days_in_sight(weekday))

    def day_of_nearest(self, weekday: int | None, clock: time) -> date:
        """Return the day of the nearest such moment in sight: up to now in the past, after now in the future."""
        is_ahead = self.direction == "future"
        days = self._days_in_sight(weekday)
        return next(day for day in days if (self._moment(day, clock) > self.now) is is_ahead)

    def _moment(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, tzinfo=self.zone).astimezone(UTC)

    def _days_in_sight(self, weekday: int | None) -> Iterator[date]:
        today, step = self.today, DAY if self.direction == "future" else -DAY
        days = (today + count * step for count in range(15))
        return (day for day in days if weekday in (None, day.weekday()))


@dataclass(frozen=True, slots=True)
class Spoken:
    """A day or longer period, a time of day, or both, as they were named; without a period it comes again."""

    period: Period | None
    weekday: int | None
    clock: time | None

    def days(self, here: Standpoint) -> Period:
        """Return the period, or the nearest such weekday."""
        if self.period:
            return self.period
        day = here.nearest_day(self.weekday)
        return day, day + DAY

    def moment(self, here: Standpoint) -> datetime:
        """Return the moment that is meant, which is the start where no time of day was named."""
        day = self.period[0] if self.period else here.day_of_nearest(self.weekday, self.clock or MIDNIGHT)
        return here.moment(day, self.clock) if self.clock else here.start(day)


def parse_moment(text: str, *, now: datetime, zone: tzinfo, direction: Direction) -> datetime:
    """Return the moment a person means; bare spans, weekdays and times of day look in the given direction."""
    written = " ".join(text.split())
    if written.isdecimal():
        raise refusal(written)
    with refusing_the_impossible(written):
        return read_moment(written, Standpoint(now, zone, direction))


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
    words = re.sub(r" (?=[ap]\.?m\b)", "", text.lower()).split()
    clocks = [clock for word in words if (clock := find_clock(word))]
    days = [word for word in words if word != "at" and not find_clock(word)]
    if len(clocks) > 1 or len(days) > 1 or not clocks + days:
        return None
    return _spoken(days[0] if days else None, clocks[0] if clocks else None, today)


def _spoken(day: str | None, clock: time | None, today: date) -> Spoken | None:
    if day is None:
        return Spoken(None, None, clock)
    weekday = find_name(day, WEEKDAYS)
    if weekday is not None:
        return Spoken(None, weekday, clock)
    period = find_period(day, today)
    if period is None or (clock and period[1] - period[0] > DAY):
        return None
    return Spoken(period, None, clock)


def _find_spoken_moment(text: str, here: Standpoint) -> datetime | None:
    spoken = find_spoken(text, here.today)
    return spoken.moment(here) if spoken else None


def _find_rfc_3339(text: str, here: Standpoint) -> datetime | None:
    if not re.fullmatch(RFC_3339, text, re.IGNORECASE):
        return None
    moment = datetime.fromisoformat(text.upper())
    return moment if moment.tzinfo else here.moment(moment.date(), moment.time())
