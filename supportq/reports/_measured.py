"""Tables of what was measured: a row of figures for each group, with shares of populations that they are part of."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from supportq.model.table import Cell, Column, Kind, Row, Table
from supportq.reports import _groups
from supportq.reports._groups import Group
from supportq.reports._question import Question
from supportq.store import measures
from supportq.store.measures import Figures
from supportq.store.queue import Queue

OUTSIDE = Column("outside", "Aside", Kind.NUMBER, faint=True)
"""Merged, spam and automatic tickets."""

NO_DATA = Column("no_data", "No data", Kind.NUMBER, faint=True)
"""What an import knew nothing of."""


def rate(part: float, whole: float) -> Cell:
    """Return the share that a part has in its whole, None of nothing."""
    return part / whole if whole else None


def always_by(question: Question, key: str) -> Question:
    """Return the question grouped by a key, whatever else was asked for."""
    return question if key in question.by else replace(question, by=(*question.by, key))


def arrived(queue: Queue, question: Question) -> int | None:
    """Return how many tickets were created, where one may count under several groups, and groups don't add up to it."""
    if "tag" not in question.by:
        return None
    return measures.read(queue, replace(question, by=()).span, measures.ARRIVED)[()]["n"]


def groups(question: Question, found: Figures) -> Sequence[Group]:
    """Return the groups in order; where there is nothing, one of each period and of nobody's."""
    return _groups.ordered(question, found) if found else _groups.of_nobody(question)


def table(
    question: Question,
    found: Figures,
    columns: Sequence[Column],
    cells: Callable[[Group], Row],
    title: str,
) -> Table:
    """Return a row for each group, its cells told by a function."""
    return Table(
        (*_groups.columns(question), *columns),
        [(*group, *cells(group)) for group in groups(question, found)],
        title=title,
        caption=_groups.caption(question),
        group=_groups.heading(question),
    )
