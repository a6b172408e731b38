"""Groups: what figures are counted under, and the order in which groups stand."""

from collections.abc import Callable, Iterable
from itertools import product
from operator import attrgetter

from supportq.model.table import Cell, Column, Kind
from supportq.model.ticket import Priority
from supportq.reports._periods import PERIODS, period_of, periods_between
from supportq.reports._question import Question
from supportq.store.figures import Counted
from supportq.when import parse_stamp

Group = tuple[Cell, ...]

HOLDERS = ("team", "agent", "priority", "channel", "line", "category", "language")
KEYS = (*HOLDERS, *PERIODS)


def grouper(question: Question) -> Callable[[Counted], Group]:
    """Return the function that tells under which group something is counted."""
    parts = [_part(key, question) for key in question.by]
    return lambda counted: tuple([part(counted) for part in parts])


def ordered(question: Question, found: Iterable[Group]) -> list[Group]:
    """Return the groups in order; every period of the span is among them, and without any key there is one group."""
    groups = set(found)
    if any(key in PERIODS for key in question.by) or not question.by:
        groups |= set(product(*(_all(key, place, question, groups) for place, key in enumerate(question.by))))
    return sorted(groups, key=_rank)


def columns(question: Question) -> tuple[Column, ...]:
    """Return a column for each key."""
    return tuple(Column(key, key.title(), Kind.NUMBER if key == "line" else Kind.TEXT) for key in question.by)


def heading(question: Question) -> str:
    """Return the key that heads groups of rows where there are several: the first."""
    return question.by[0] if len(question.by) > 1 else ""


def _part(key: str, question: Question) -> Callable[[Counted], Cell]:
    if key in PERIODS:
        return lambda counted: period_of(parse_stamp(counted.dated_at), key, question.zone)
    return attrgetter(key)


def _all(key: str, place: int, question: Question, groups: Iterable[Group]) -> set[Cell]:
    if key in PERIODS:
        return set(periods_between(question.since, question.until, key, question.zone))
    return {group[place] for group in groups}


def _rank(group: Group) -> tuple[tuple[bool, int, str], ...]:
    return tuple((cell is None, _RANKS.get(str(cell), 0), str(cell)) for cell in group)


_RANKS = {priority.value: priority.rank for priority in Priority}
