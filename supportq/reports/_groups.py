"""Groups: what figures are counted under, and the order in which groups stand."""

from collections.abc import Iterable
from itertools import product

from supportq.model.table import Cell, Column, Kind
from supportq.model.ticket import Priority
from supportq.reports._periods import PERIODS
from supportq.reports._question import Question
from supportq.store.grouping import HELD, OF_TICKET

Group = tuple[Cell, ...]

KEYS = (*HELD, *OF_TICKET, *PERIODS)


def ordered(question: Question, found: Iterable[Group]) -> list[Group]:
    """Return the groups in order; every period of the span is among them, and without any key there is one group."""
    groups = set(found)
    if question.timed or not question.by:
        groups |= _in_every_period(question, groups)
    return _sorted(question, groups)


def _in_every_period(question: Question, found: Iterable[Group]) -> set[Group]:
    """Return what there would be if all that was found anywhere had come up in each period."""
    others = [key for key in question.by if key not in PERIODS]
    told = [dict(zip(question.by, group, strict=True)) for group in found]
    values = [{cells[key] for cells in told} for key in others]
    keys = (*question.timed, *others)
    places = [keys.index(key) for key in question.by]
    whole = ((*labels, *cells) for labels, cells in product(question.labels, product(*values)))
    return {tuple(group[place] for place in places) for group in whole}


def of_nobody(question: Question) -> list[Group]:
    """Return the groups in order where nothing was found: one of each period, of nobody's."""
    return _sorted(question, _in_every_period(question, [(None,) * len(question.by)]))


def columns(question: Question) -> tuple[Column, ...]:
    """Return a column for each key."""
    return tuple(_column(key) for key in question.by)


def heading(question: Question) -> str:
    """Return the key that heads groups of rows where there are several: the first."""
    return question.by[0] if len(question.by) > 1 else ""


def caption(question: Question, *more: str) -> str:
    """Return what stands under the table: the period, which tickets, more to be said, and whatever counts twice."""
    twice = "a ticket counts under each of its tags" if "tag" in question.by else ""
    return "; ".join(filter(None, (question.period, *question.seen, *more, twice)))


def of_nobody_told(question: Question, groups: Iterable[Group]) -> str:
    """Say whose tickets count under no agent, where there are any: who answers a ticket does not get it by that."""
    if "agent" not in question.by:
        return ""
    place = question.by.index("agent")
    return "no agent: assigned to nobody, whoever answered" if any(group[place] is None for group in groups) else ""


def _column(key: str) -> Column:
    return Column(key, key.title(), Kind.NUMBER if key == "line" else Kind.TEXT, wide=key in _LONG, absent=f"no {key}")


def _sorted(question: Question, groups: Iterable[Group]) -> list[Group]:
    def rank(group: Group) -> list[tuple[bool, int, str]]:
        return [_rank(key, cell) for key, cell in zip(question.by, group, strict=True)]

    return sorted(groups, key=rank)


def _rank(key: str, cell: Cell) -> tuple[bool, int, str]:
    """Return what a cell is sorted by: priorities by how much they matter, all else by name, nobody's last."""
    return cell is None, _RANKS.get(str(cell), 0) if key == "priority" else 0, str(cell)


_LONG = frozenset({"customer", "organisation"})
_RANKS = {priority.value: priority.rank for priority in Priority}
