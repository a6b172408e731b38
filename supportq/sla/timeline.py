"""The open stretches of a weekly timetable in a time zone, as seconds since 1970."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import accumulate

from supportq.errors import UsageError

Intervals = tuple[tuple[int, int], ...]

FIRST_YEAR, LAST_YEAR = 1900, 2199

DAY = 86_400
MARGIN = 2  # days: an interval ends within two days of its local midnight, which lies within a day of UTC's
SPARE = 32  # days laid out beyond those asked for, once more than one moment was asked for
NEVER = -(10**12)  # earlier than any moment: an empty stretch there spares every search the case "before the first"


class BeyondCalendar(UsageError):
    """A moment so far away that nobody knows whether a desk is open then."""

    def __init__(self) -> None:
        super().__init__(
            f"business hours are known for the years {FIRST_YEAR} to {LAST_YEAR} only", "name a moment nearer to today"
        )


def day_number(on: date) -> int:
    """Count the days from 1970-01-01 to a date."""
    return on.toordinal() - date(1970, 1, 1).toordinal()


def find_zone(name: str) -> tzinfo | None:
    """Find a time zone by its IANA name."""
    if name == "UTC":
        return UTC
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


class Timeline:
    """The open stretches around the moments asked for so far, merged, with the open seconds before each.

    Every question is a binary search, however far apart its moments are. What is laid out grows by half of itself when
    a moment beyond it is asked for, up to the years 1900 to 2199; outside them a question is a `BeyondCalendar`.
    """

    __slots__ = ("_before", "_days", "_ends", "_exceptions", "_since", "_starts", "_until", "_week", "_zone")

    def __init__(self, zone: tzinfo, week: tuple[Intervals, ...], exceptions: Mapping[int, Intervals]) -> None:
        self._zone = zone
        self._week = week
        self._exceptions = exceptions
        self._days = range(0)
        self._since = self._until = 0

    def open_seconds(self, start: int, end: int) -> int:
        """Count the open seconds from one moment to a later one."""
        self._cover(start, end)
        return self._count(end) - self._count(start)

    def after(self, start: int, seconds: int) -> int:
        """Find the first moment by which so many open seconds have passed since `start`."""
        self._cover(start, start + seconds)
        goal = self._count(start) + seconds
        while goal > self._before[-1]:
            self._extend()
        index = bisect_left(self._before, goal) - 1
        return self._starts[index] + goal - self._before[index]

    def opening(self, moment: int) -> int:
        """Find the first open moment, this one or a later one."""
        self._cover(moment, moment)
        index = bisect_right(self._starts, moment) - 1
        if moment < self._ends[index]:
            return moment
        while index + 1 == len(self._starts):
            self._extend()
        return self._starts[index + 1]

    def stretches(self, start: int, end: int) -> list[tuple[int, int]]:
        """List the open stretches between two moments."""
        self._cover(start, end)
        met = slice(bisect_right(self._ends, start), bisect_left(self._starts, end))
        return [
            (max(opens, start), min(closes, end))
            for opens, closes in zip(self._starts[met], self._ends[met], strict=True)
        ]

    def _count(self, moment: int) -> int:
        index = bisect_right(self._starts, moment) - 1
        return self._before[index] + min(moment, self._ends[index]) - self._starts[index]

    def _extend(self) -> None:
        self._cover(self._since, self._until)

    def _cover(self, start: int, end: int) -> None:
        if self._since <= start and end < self._until:
            return
        first, stop = start // DAY - MARGIN, end // DAY + MARGIN + 1
        earliest, latest = day_number(date(FIRST_YEAR, 1, 1)), day_number(date(LAST_YEAR + 1, 1, 1))
        if first < earliest or stop > latest:
            raise BeyondCalendar
        known = self._days or range(first, stop)
        spare = SPARE + len(known) // 2
        self._lay_out(
            range(
                known.start if known.start <= first else max(earliest, first - spare),
                known.stop if known.stop >= stop else min(latest, stop + spare),
            )
        )

    def _lay_out(self, days: range) -> None:
        starts, ends = [NEVER], [NEVER]
        for opens, closes in sorted(self._each_interval(days)):
            if opens > ends[-1]:
                starts.append(opens)
                ends.append(closes)
            else:
                ends[-1] = max(ends[-1], closes)
        self._starts, self._ends = starts, ends
        self._before = list(accumulate((end - start for start, end in zip(starts, ends, strict=True)), initial=0))
        self._days = days
        self._since, self._until = (days.start + MARGIN) * DAY, (days.stop - MARGIN) * DAY

    def _each_interval(self, days: range) -> Iterator[tuple[int, int]]:
        for day in days:
            for start, end in self._exceptions.get(day, self._week[(day + 3) % 7]):
                opens, closes = self._moment(day * DAY + start * 60), self._moment(day * DAY + end * 60)
                if opens < closes:
                    yield opens, closes

    def _moment(self, local: int) -> int:
        """Turn a local time into a moment.

        A local time that occurs twice means its first occurrence, as a start and as an end, so that neighbours never
        overlap; one that is skipped means the moment at which the clocks jump over it.
        """
        wall = datetime(1970, 1, 1) + timedelta(seconds=local)  # noqa: DTZ001 - a wall clock's time has no zone yet
        earlier, later = self._offset(wall), self._offset(wall.replace(fold=1))
        if earlier >= later:
            return local - earlier
        doubtful = range(local - later, local - earlier)
        return doubtful.start + bisect_left(doubtful, later, key=self._offset_at)

    def _offset_at(self, moment: int) -> int:
        return self._offset(datetime.fromtimestamp(moment, self._zone))

    def _offset(self, wall: datetime) -> int:
        offset = self._zone.utcoffset(wall)
        return offset.days * DAY + offset.seconds if offset else 0
