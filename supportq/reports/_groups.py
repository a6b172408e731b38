"""Groups: what figures are counted under, and the order in which groups stand."""

from collections.abc import Iterable
from itertools import product

from supportq.model.table import Cell, Column, Kind
from supportq.model.ticket import Priority
from supportq.reports._periods import PERIODS, periods_between
from supportq.reports._question import Question
from supportq.store.grouping import HELD, OF_TICKET

Group = tuple[Cell, ...]

KEYS = (*HELD, *OF_TICKET, *PERIODS)


def ordered(question: Question, found: Iterable[Group]) -> list[Group]:
    """Return the groups in order; every period of the span is among them, and without any key there is one group."""
    groups = set(found)
    if any(key in PERIODS for key in question.by) or not question.by:
        groups |= set(product(*(_all(key, place, question, groups) for place, key in enumerate(question.by))))
    return sorted(groups, key=_rank)


def columns(question: Question) -> tuple[Column, ...]:
    """Return a column for each key."""
    return tuple(_column(key) for key in question.by)


def heading(question: Question) -> str:
    """Return the key that heads groups of rows where there are several: the first."""
    return question.by[0] if len(question.by) > 1 else ""


def caption(question: Question, *more: str) -> str:
    """Return what stands under the table: the period, more that is to be said, and whatever counts twice."""
    twice = "a ticket counts under each of its tags" if "tag" in question.by else ""
    return "; ".join(filter(None, (question.period, *more, twice)))


def _column(key: str) -> Column:
    return Column(key, key.title(), Kind.NUMBER if key == "line" else Kind.TEXT, wide=key in _LONG)


def _all(key: str, place: int, question: Question, groups: Iterable[Group]) -> set[Cell]:
    if key in PERIODS:
        return set(periods_between(question.since, question.until, key, question.zone))
    return {group[place] for group in groups}


def _rank(group: Group) -> tuple[tuple[bool, int, str], ...]:
    return tuple((cell is None, _RANKS.get(str(cell), 0), str(cell)) for cell in group)


_LONG = frozenset({"customer", "organisation"})
_RANKS = {priority.value: priority.rank for priority in Priority}
