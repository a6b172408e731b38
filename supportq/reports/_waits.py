"""How long things took in each group, in open and in calendar time, beside other figures."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from supportq.model.table import Column, Row
from supportq.reports._groups import Group
from supportq.reports._question import Question
from supportq.reports._spread import RANKS, Durations, column
from supportq.store.grouping import Told


class Waits:
    """The waits of each group, from rows of the group, and of open and calendar seconds."""

    def __init__(self, told: Iterable[Told]) -> None:
        self._business: defaultdict[Group, Durations] = defaultdict(Durations)
        self._calendar: defaultdict[Group, Durations] = defaultdict(Durations)
        for *group, business_s, calendar_s in told:
            self._business[tuple(group)].add(business_s)
            self._calendar[tuple(group)].add(calendar_s)

    def __iter__(self) -> Iterator[Group]:
        """Yield the groups in which there are any."""
        return iter(tuple(self._business))

    def count(self, group: Group) -> int:
        """Return how many there are in a group."""
        return len(self._business[group])

    def cells(self, group: Group, *ranks: str) -> Row:
        """Return these ranks of open time, and then those of calendar time."""
        both = self._business[group], self._calendar[group]
        return tuple(waits.percentile(RANKS[rank]) for waits in both for rank in ranks)


def columns(question: Question, *ranks: str) -> Iterator[Column]:
    """Yield a column for each of these cells; people see those of the time that was asked for."""
    for prefix, is_shown in (("", not question.calendar), ("calendar_", question.calendar)):
        for rank in ranks:
            yield column(prefix, rank, shown=is_shown)
