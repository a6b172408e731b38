"""Two answers of one report beside each other: now, before, and by how much each figure changed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from supportq.model.table import Cell, Column, Kind, Row, Table
from supportq.reports._groups import Group
from supportq.reports._periods import whole
from supportq.reports._question import Question
from supportq.values import dataclass

_FIGURES = frozenset({Kind.NUMBER, Kind.RATE, Kind.DURATION, Kind.MONEY})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a report answered to a question."""

    question: Question
    table: Table


@dataclass(frozen=True, slots=True)
class _Pairing:
    """Which periods stand beside each other, as now by before; those with a part outside are not whole."""

    keys: tuple[str, ...]
    partners: dict[Group, Group]
    whole: frozenset[Group]

    def beside(self, period: Group) -> str:
        """Return what a period stands beside, in words."""
        if period in self.partners:
            return " ".join(map(str, self.partners[period]))
        return "nothing" if period in self.whole else "not whole"


def compared(
    now: Answer, before: Answer, main: Sequence[str], *, a_year: bool = False, standing: bool = False
) -> Table:
    """Return the figures of both, joined on what they are counted under; whole periods are joined in their order.

    Those that lie a year apart are joined by name: a week with the week of the same number, May with May. A period of
    which a part is outside is set beside nothing, and no change is told. What is counted at a moment (standing) is
    compared with a moment. People see n and the main figures: as they are, as they were, and the difference, of rates
    in points.
    """
    columns, by = now.table.columns, now.question.by
    figures = [place for place, column in enumerate(columns) if column.kind in _FIGURES and column.key not in by]
    kept = [place for place in range(len(columns)) if place not in figures]
    shown = {"n", *main}
    answers = [replace(each.table, rows=list(each.table.rows)) for each in (now, before)]
    rows_of_both = [row for table in answers for row in table.rows]
    nothing = tuple(_nothing(column, place, rows_of_both) for place, column in enumerate(columns))
    pairing = _pairing(now.question, before.question, a_year=a_year)
    names = [columns[place].key for place in kept]
    both = _by_group(answers[0], kept), _renamed(_by_group(answers[1], kept), names, pairing)
    is_hiding = any(columns[place].shown and columns[place].key not in shown for place in figures)
    more = "; more columns: -c all" if is_hiding else ""
    beside = (Column("beside", "Beside", faint=True, whole=True),) if pairing.keys else ()
    return Table(
        (*(columns[place] for place in kept), *beside, *_columns([columns[place] for place in figures], shown)),
        list(_joined(*both, _Side(names, figures, nothing, pairing))),
        title=now.table.title,
        caption=f"{now.table.caption}; before: {_told(before.question, standing=standing)}{more}",
        group=now.table.group,
    )


def _told(before: Question, *, standing: bool) -> str:
    return f"as of {before.words(before.until)}" if standing else before.period


def _pairing(now: Question, before: Question, *, a_year: bool) -> _Pairing:
    """Return which whole periods are compared: in their order, or those of the same name a year apart."""
    if not now.timed:
        return _Pairing((), {}, frozenset())
    mine, others = (whole(each.since, each.until, each.timed, each.zone) for each in (now, before))
    pairs: Iterable[tuple[Group, Group]] = zip(mine, others, strict=False)
    if a_year:
        later = {tuple(f"{int(name[:4]) + 1}{name[4:]}" for name in names): names for names in others}
        pairs = ((names, later[names]) for names in mine if names in later)
    return _Pairing(now.timed, dict(pairs), frozenset((*mine, *others)))


def _nothing(column: Column, place: int, rows: Iterable[Row]) -> Cell:
    """Return what stands where a group is in one of both alone: 0 of a count or a sum, no mean."""
    if column.kind is Kind.MONEY:
        return 0.0
    return None if column.kind is not Kind.NUMBER or any(isinstance(row[place], float) for row in rows) else 0


@dataclass(frozen=True, slots=True)
class _Side:
    """How the rows of two answers are set beside each other."""

    names: Sequence[str]
    figures: Sequence[int]
    nothing: Row
    pairing: _Pairing

    def row(self, group: Group, now: Row | None, before: Row | None) -> Row:
        """Return a row of both; in a period that stands alone, what isn't there is unknown, and so is the change."""
        if not self.pairing.keys:
            return (*group, *_cells(now or self.nothing, before or self.nothing, self.figures))
        period = _period(group, self.names, self.pairing)
        is_paired = period in self.pairing.partners
        missing = self.nothing if is_paired else (None,) * len(self.nothing)
        cells = _cells(now or missing, before or missing, self.figures, is_told=is_paired)
        return (*group, self.pairing.beside(period), *cells)


def _period(group: Group, names: Sequence[str], pairing: _Pairing) -> Group:
    return tuple(group[names.index(key)] for key in pairing.keys)


def _by_group(table: Table, kept: Sequence[int]) -> dict[Group, Row]:
    return {tuple(row[place] for place in kept): row for row in table.rows}


def _renamed(before: dict[Group, Row], names: Sequence[str], pairing: _Pairing) -> dict[Group, Row]:
    """Return the rows under the periods that they are compared with; one without any keeps its name."""
    renamed = {other: mine for mine, other in pairing.partners.items()}
    found = {}
    for group, row in before.items():
        period = _period(group, names, pairing)
        new = dict(zip(pairing.keys, renamed.get(period, period), strict=True))
        found[tuple(new.get(name, cell) for name, cell in zip(names, group, strict=True))] = row
    return found


def _joined(now: dict[Group, Row], before: dict[Group, Row], side: _Side) -> Iterator[Row]:
    for group in dict.fromkeys((*now, *before)):
        yield side.row(group, now.get(group), before.get(group))


def _columns(figures: Iterable[Column], shown: set[str]) -> Iterator[Column]:
    for column in figures:
        is_shown = column.shown and column.key in shown
        yield replace(column, shown=is_shown)
        yield Column(f"{column.key}_before", "Before", column.kind, shown=is_shown, faint=True)
        yield Column(f"{column.key}_change", "Change", column.kind, shown=is_shown, signed=True)


def _cells(now: Row, before: Row, figures: Iterable[int], *, is_told: bool = True) -> Iterator[Cell]:
    for place in figures:
        yield from (now[place], before[place], _change(now[place], before[place]) if is_told else None)


def _change(now: Cell, before: Cell) -> Cell:
    if isinstance(now, timedelta) and isinstance(before, timedelta):
        return now - before
    if isinstance(now, int | float) and isinstance(before, int | float):
        return now - before
    return None
