"""Measures: figures of one source with their names, one row of them for each group."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from supportq.store import grouping
from supportq.store.grouping import Source, Span, Told
from supportq.store.queue import Queue
from supportq.values import dataclass

Figures = defaultdict[Told, Counter[str]]
"""The figures of each group by their names; 0 where there is nothing."""

IS_ASIDE = "(ticket.merged_into is not null or ticket.status = 'spam' or ticket.automatic)"
"""True of merged, spam and automatic tickets, which are left out and counted apart."""


MEASURED = """
{periods}select {keys}{sums}
from (
{parts})
{grouped}"""


@dataclass(frozen=True, slots=True)
class Measure:
    """A source, and by their names the aggregates of it."""

    source: Source
    figures: Mapping[str, str]


def read(queue: Queue, span: Span, *measures: Measure) -> Figures:
    """Return the figures of several measures, whose names differ, by what they are counted under."""
    width, names = len(span.by), _names(measures)
    found: Figures = defaultdict(Counter)
    for row in queue.connection.execute(_statement(span, measures), span.parameters()):
        found[row[:width]] = Counter({name: figure or 0 for name, figure in zip(names, row[width:], strict=True)})
    return found


def query(span: Span, *measures: Measure) -> str:
    """Return the same statement on the documented views, with every value in its place."""
    return grouping.in_words(_statement(span, measures, on_views=True), span)


def number_of(condition: str) -> str:
    """Return SQL for how many rows a condition is true of."""
    return f"count(case when {condition} then 1 end)"


ARRIVED = Measure(grouping.ARRIVALS, {"n": number_of(f"not {IS_ASIDE}")})
"""How many tickets were created that count."""


def _statement(span: Span, measures: Sequence[Measure], *, on_views: bool = False) -> str:
    """Return the statement in which every measure has rows of its own, put together by what they are counted under."""
    names = _names(measures)
    parts = [
        grouping.counts(span, measure.source, [], _figures(measure, names), on_views=on_views) for measure in measures
    ]
    return MEASURED.format(
        periods=grouping.periods(span),
        keys="".join(f"{key}, " for key in span.by),
        sums=", ".join(f"sum({name}) as {name}" for name in names),
        parts="union all".join(parts),
        grouped=grouping.grouped(len(span.by)),
    )


def _figures(measure: Measure, names: Sequence[str]) -> list[str]:
    return [f"{measure.figures.get(name, '0')} as {name}" for name in names]


def _names(measures: Sequence[Measure]) -> list[str]:
    return [name for measure in measures for name in measure.figures]
