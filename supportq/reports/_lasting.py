"""Tables of how long things took: a line for each, its spread in open and in calendar time, and what is left out."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from supportq.model.table import Column, Kind, Row, Table
from supportq.reports import _groups, _spread
from supportq.reports._groups import Group
from supportq.reports._question import Question
from supportq.reports._spread import Durations

Line = tuple[Group, str]
"""A group, and what took so long."""


class Lasting:
    """How long everything took that is told so far, and how often that isn't told, by reason."""

    def __init__(self) -> None:
        self.business: defaultdict[Line, Durations] = defaultdict(Durations)
        self.calendar: defaultdict[Line, Durations] = defaultdict(Durations)
        self.untold: Counter[tuple[Line, str]] = Counter()

    def add(self, line: Line, business_s: int, calendar_s: int) -> None:
        """Take in how long something took."""
        self.business[line].add(business_s)
        self.calendar[line].add(calendar_s)

    def leave_out(self, line: Line, why: str, count: int = 1) -> None:
        """Take in that something can't be told."""
        self.untold[line, why] += count

    def table(self, question: Question, title: str, lines: Sequence[str], reasons: Sequence[Column]) -> Table:
        """Return a row for each line in each group."""
        found = {group for group, _ in (*self.business, *(line for line, _ in self.untold))}
        rows = [
            (*group, name, *self._cells((group, name), reasons))
            for group in _groups.ordered(question, found)
            for name in lines
        ]
        return Table(
            (*_groups.columns(question), Column("time", "Time", Kind.CLOCK), *_columns(question), *reasons),
            rows,
            title=title,
            caption=_groups.caption(question, "calendar time" if question.calendar else "open time"),
            group=question.by[0] if question.by else "",
        )

    def _cells(self, line: Line, reasons: Sequence[Column]) -> Row:
        business, calendar = (found.get(line, Durations()) for found in (self.business, self.calendar))
        left_out = (self.untold[line, reason.key] for reason in reasons)
        return (len(business), *_spread.cells(business), *_spread.cells(calendar), *left_out)


def _columns(question: Question) -> Iterator[Column]:
    yield Column("n", "n", Kind.NUMBER)
    yield from _spread.columns(shown=not question.calendar)
    yield from _spread.columns("calendar_", shown=question.calendar)
