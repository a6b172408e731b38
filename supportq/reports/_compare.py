"""Two answers of one report beside each other: now, before, and by how much each figure changed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from supportq.model.table import Cell, Column, Kind, Row, Table
from supportq.reports._groups import Group
from supportq.reports._periods import PERIODS, periods_between
from supportq.reports._question import Question
from supportq.values import dataclass

_FIGURES = frozenset({Kind.NUMBER, Kind.RATE, Kind.DURATION, Kind.MONEY})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a report answered to a question."""

    question: Question
    table: Table


def compared(now: Answer, before: Answer, main: Sequence[str], *, a_year: bool = False) -> Table:
    """Return the figures of both, joined on what they are counted under; periods are joined in their order.

    Those that lie a year apart are joined by name: a week with the week of the same number, May with May. People see n
    and the main figures: as they are, as they were, and the difference, of rates in points.
    """
    columns, by = now.table.columns, now.question.by
    figures = [place for place, column in enumerate(columns) if column.kind in _FIGURES and column.key not in by]
    kept = [place for place in range(len(columns)) if place not in figures]
    shown = {"n", *main}
    answers = [replace(each.table, rows=list(each.table.rows)) for each in (now, before)]
    rows_of_both = [row for table in answers for row in table.rows]
    nothing = tuple(_nothing(column, place, rows_of_both) for place, column in enumerate(columns))
    names = _renamed(before, now, a_year=a_year)
    rows = _joined(_by_group(answers[0], kept), _by_group(answers[1], kept, names), nothing)
    paired = "".join(f"; {new} beside {old}, and so on" for old, new in _first_of_each(names))
    is_hiding = any(columns[place].shown and columns[place].key not in shown for place in figures)
    more = "; more columns: -c all" if is_hiding else ""
    return Table(
        (*(columns[place] for place in kept), *_columns([columns[place] for place in figures], shown)),
        [(*group, *_cells(mine, others, figures)) for group, mine, others in rows],
        title=now.table.title,
        caption=f"{now.table.caption}; before: {before.question.period}{paired}{more}",
        group=now.table.group,
    )


def _nothing(column: Column, place: int, rows: Iterable[Row]) -> Cell:
    """Return what stands where a group is in one of both alone: 0 of a count or a sum, no mean."""
    if column.kind is Kind.MONEY:
        return 0.0
    return None if column.kind is not Kind.NUMBER or any(isinstance(row[place], float) for row in rows) else 0


def _renamed(before: Answer, now: Answer, *, a_year: bool) -> dict[str, dict[Cell, Cell]]:
    """Return for each key of time what a period before is compared with; one without any keeps its name."""
    paired = _a_year_later if a_year else zip
    return {key: dict(paired(_periods(before, key), [*_periods(now, key)])) for key in PERIODS}


def _first_of_each(names: dict[str, dict[Cell, Cell]]) -> Iterator[tuple[Cell, Cell]]:
    """Yield of each kind of period what the first is compared with: before, and now."""
    yield from (next(iter(pairs.items())) for pairs in names.values() if pairs)


def _a_year_later(before: Iterable[str], now: Sequence[str]) -> Iterator[tuple[str, str]]:
    for name in before:
        later = f"{int(name[:4]) + 1}{name[4:]}"
        if later in now:
            yield name, later


def _periods(answer: Answer, key: str) -> Iterator[str]:
    question = answer.question
    return periods_between(question.since, question.until, key, question.zone) if key in question.by else iter(())


def _by_group(table: Table, kept: Sequence[int], names: dict[str, dict[Cell, Cell]] | None = None) -> dict[Group, Row]:
    renamed = [(names or {}).get(table.columns[place].key, {}) for place in kept]
    return {
        tuple(new.get(row[place], row[place]) for place, new in zip(kept, renamed, strict=True)): row
        for row in table.rows
    }


def _joined(now: dict[Group, Row], before: dict[Group, Row], nothing: Row) -> Iterator[tuple[Group, Row, Row]]:
    for group in dict.fromkeys((*now, *before)):
        yield group, now.get(group, nothing), before.get(group, nothing)


def _columns(figures: Iterable[Column], shown: set[str]) -> Iterator[Column]:
    for column in figures:
        is_shown = column.shown and column.key in shown
        yield replace(column, shown=is_shown)
        yield Column(f"{column.key}_before", "Before", column.kind, shown=is_shown, faint=True)
        yield Column(f"{column.key}_change", "Change", column.kind, shown=is_shown, signed=True)


def _cells(now: Row, before: Row, figures: Iterable[int]) -> Iterator[Cell]:
    for place in figures:
        yield from (now[place], before[place], _change(now[place], before[place]))


def _change(now: Cell, before: Cell) -> Cell:
    if isinstance(now, timedelta) and isinstance(before, timedelta):
        return now - before
    if isinstance(now, int | float) and isinstance(before, int | float):
        return now - before
    return None
