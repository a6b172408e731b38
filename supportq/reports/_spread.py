"""How durations are spread: median, p90, p95 and mean, by nearest rank."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from supportq.model.table import Column, Kind, Row

RANKS = {"median": 50, "p90": 90, "p95": 95}
"""Which percent of the values are at most as long."""

_RUN = 65_536


class Durations:
    """Whole seconds as they come, kept in sorted runs: a million take four megabytes."""

    __slots__ = ("_fresh", "_runs", "_sum")

    def __init__(self, values: Iterable[int] = ()) -> None:
        self._fresh = array("i")
        self._runs: list[array[int]] = []
        self._sum = 0
        for value in values:
            self.add(value)

    def add(self, value: int) -> None:
        """Take in one more."""
        self._fresh.append(value)
        if len(self._fresh) >= _RUN:
            self._settle()

    def _settle(self) -> None:
        if self._fresh:
            self._sum += sum(self._fresh)
            self._runs.append(array("i", sorted(self._fresh)))
            self._fresh = array("i")

    def __len__(self) -> int:
        return sum(map(len, self._runs), len(self._fresh))

    def percentile(self, percent: int) -> int | None:
        """Return the least value that this percent of all values don't exceed: v[ceil(p*n)-1] of them in order."""
        return self.at(-(-percent * len(self) // 100)) if len(self) else None

    def at(self, rank: int) -> int:
        """Return the value at a rank, counted from 1, of all values in order."""
        self._settle()
        low, high = min(run[0] for run in self._runs), max(run[-1] for run in self._runs)
        while low < high:
            middle = (low + high) // 2
            if sum(bisect_right(run, middle) for run in self._runs) >= rank:
                high = middle
            else:
                low = middle + 1
        return low

    def mean(self) -> int | None:
        """Return the mean of all values, to the nearest second."""
        self._settle()
        return (2 * self._sum + len(self)) // (2 * len(self)) if self._runs else None


TIMES = {"": "Open", "calendar_": "Calendar"}
"""How the keys of open and of calendar time begin, and the titles of those that are not the time that was asked for."""


def columns(prefix: str = "", *, shown: bool = True) -> Iterator[Column]:
    """Yield a column for each figure of a spread."""
    for key in (*RANKS, "mean"):
        yield column(prefix, key, shown=shown)


def column(prefix: str, key: str, *, shown: bool) -> Column:
    """Return the column of a figure; one that people only see beside the other time names its own."""
    title = key.capitalize() if shown else f"{TIMES[prefix]} {key}"
    return Column(f"{prefix}{key}", title, Kind.DURATION, shown=shown)


def cells(durations: Durations) -> Row:
    """Return the figures of a spread; none where there is nothing to count."""
    return (*map(durations.percentile, RANKS.values()), durations.mean())
