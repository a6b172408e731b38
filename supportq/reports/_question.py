"""What a report is asked: about which time, which tickets, and grouped by what."""

from datetime import datetime, time, timedelta, tzinfo

from supportq.reports._periods import PERIODS, cut, ends_of
from supportq.store.grouping import Span
from supportq.store.scope import EVERYTHING, Scope
from supportq.values import dataclass
from supportq.when import format_local


@dataclass(frozen=True, slots=True)
class Question:
    """The moments from `since` until just before `until`, seen at `now`; days and weeks are those of `zone`.

    People see durations in open time, or in `calendar` time; `within` is how soon an answer is wanted.
    `where` is the scope in words. What is `kept` is read long after it was written, so that days are named by their
    dates.
    """

    since: datetime
    until: datetime
    now: datetime
    zone: tzinfo
    by: tuple[str, ...] = ()
    scope: Scope = EVERYTHING
    calendar: bool = False
    within: timedelta = timedelta(hours=1)
    kept: bool = False
    where: str = ""

    @property
    def span(self) -> Span:
        """Return what the queue is asked."""
        periods = cut(self.since, self.until, self.timed, self.zone) if self.timed else ()
        return Span(self.since, self.until, self.now, self.scope, self.by, self.timed, periods)

    @property
    def timed(self) -> tuple[str, ...]:
        """Return the keys that are periods."""
        return tuple(key for key in self.by if key in PERIODS)

    @property
    def is_ahead(self) -> bool:
        """Tell whether the span has not begun yet."""
        return self.since > self.now

    @property
    def labels(self) -> tuple[tuple[str, ...], ...]:
        """Return what is in the span by those keys, each within the others: a week with the year that it lies in."""
        return tuple(ends_of(self.since, self.until, self.timed, self.zone)) if self.timed else ((),)

    @property
    def zone_name(self) -> str:
        """Return what the zone is called whose days and weeks are meant."""
        from supportq.when import format_zone

        return format_zone(self.zone, self.now)

    @property
    def seen(self) -> tuple[str, ...]:
        """Return in which zone the question is meant, and of which tickets, in words."""
        return (self.zone_name, f"where {self.where}") if self.where else (self.zone_name,)

    @property
    def period(self) -> str:
        """Return the span in words: whole days by their dates."""
        last = self.until if self.is_ahead else min(self.until, self.now)
        if self._local(last).time() == time():
            last = self._local(last - timedelta(seconds=1)).replace(hour=0, minute=0, second=0)
        return " to ".join(dict.fromkeys(self.words(end).removesuffix(" 00:00") for end in (self.since, last)))

    def words(self, moment: datetime) -> str:
        """Return a moment as it is read: now, or at any time."""
        if self.kept:
            return f"{self._local(moment):%Y-%m-%d %H:%M}"
        return format_local(moment, self.zone, self.now)

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone)
