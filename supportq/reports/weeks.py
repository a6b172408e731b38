"""In which weeks of the year inquiries arrive."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from supportq.model.table import Column, Kind, Row, Table
from supportq.reports import _groups
from supportq.reports._groups import Group
from supportq.reports._left_out import LEFT_OUT, REASONS
from supportq.reports._periods import PERIODS, cut
from supportq.reports._question import Question
from supportq.store.grouping import ARRIVALS, OUTSIDE, Told, iter_counts, query
from supportq.store.queue import Queue
from supportq.when import parse_stamp

KEYS = tuple(key for key in _groups.KEYS if key != "week")
MAIN = ("per_day",)
ON_PAGE = ()

_A_DAY = 86_400


def build(queue: Queue, question: Question) -> Table:
    """Tickets created, by ISO week of the year, the same week of several years together.

    n is how many arrived in it, per_day how many a day. The caption names the busiest week. Merged, spam and automatic
    tickets are left out and counted apart. A ticket counts where it stands now.
    """
    return weeks(iter_counts(queue, _weekly(question).span, ARRIVALS, OUTSIDE), question)


def sql(question: Question) -> str:
    """Return the statement that counts the arrivals of each week of each year."""
    return query(_weekly(question).span, ARRIVALS, {"outside": OUTSIDE}, {"n": "count(*)"})


def weeks(arrivals: Iterable[Told], question: Question) -> Table:
    """Return the arrivals by week of the year, from rows of the group, the week, why they are left out, and a count."""
    counts = Counter[tuple[Group, str, str | None]]()
    for *group, week, outside, count in arrivals:
        counts[tuple(group), _of_year(week), outside] += count
    rows = list(_rows(_groups.ordered(question, (group for group, _, _ in counts)), counts, question))
    return Table(
        (*_groups.columns(question), *_COLUMNS),
        rows,
        title="Arrivals by week of the year",
        caption=_groups.caption(question, *_peaks(rows, len(question.by))),
        group=question.by[0] if question.by else "",
    )


def _weekly(question: Question) -> Question:
    return replace(question, by=(*question.by, "week"))


def _of_year(week: str) -> str:
    return week.rpartition("-")[2]


def _rows(groups: Iterable[Group], counts: Counter[tuple[Group, str, str | None]], question: Question) -> Iterator[Row]:
    timed = [key for key in question.by if key in PERIODS]
    seconds = Counter[tuple[Group, str]]()
    for since, until, *labels, week in cut(question.since, question.until, (*timed, "week"), question.zone):
        lasted = parse_stamp(until) - parse_stamp(since)
        seconds[tuple(labels), _of_year(week)] += round(lasted.total_seconds())
    for group in groups:
        periods = tuple(cell for cell, key in zip(group, question.by, strict=True) if key in timed)
        for week in sorted(week for labels, week in seconds if labels == periods):
            count = counts[group, week, None]
            rate = count * _A_DAY / seconds[periods, week]
            yield (*group, week, count, rate, *(counts[group, week, reason] for reason in REASONS))


def _peaks(rows: Iterable[Row], width: int) -> Iterator[str]:
    rated = [(rate, week) for row in rows for week, _, rate in [row[width : width + 3]] if rate]
    if rated:
        rate, week = max(rated, key=lambda each: each[0])
        yield f"peak {week}, {rate:.1f} a day"


_COLUMNS = (
    Column("week_of_year", "Week"),
    Column("n", "n", Kind.NUMBER),
    Column("per_day", "A day", Kind.NUMBER),
    *LEFT_OUT,
)
