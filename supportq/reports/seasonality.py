"""At which hours of the week inquiries arrive."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product

from supportq.model.table import Column, Kind, Row, Table
from supportq.reports import _groups
from supportq.reports._groups import Group
from supportq.reports._left_out import LEFT_OUT, REASONS
from supportq.reports._periods import PERIODS
from supportq.reports._question import Question
from supportq.reports._weekly import HOURS, WEEKDAYS, Place, place_of, seconds_between
from supportq.store.grouping import ARRIVALS, OUTSIDE, Told, iter_counts, query
from supportq.store.queue import Queue

KEYS = tuple(key for key in _groups.KEYS if key != "hour")
NOT_IN_SQL = "the day of the week of each hour"
MAIN = ("per_hour",)
ON_PAGE = ((),)

_AN_HOUR = 3600


def build(queue: Queue, question: Question) -> Table:
    """Tickets created, by the local hour and the day of the week.

    n is how many arrived in all such hours of the period, per_hour how many in one of them: an hour that a clock change
    leaves out is none, one that it repeats is two. The caption names the busiest. Merged, spam and automatic tickets
    are left out and counted apart. A ticket counts where it stands now.
    """
    return seasonality(iter_counts(queue, _hourly(question).span, ARRIVALS, OUTSIDE), question)


def sql(question: Question) -> str:
    """Return the statement that counts the arrivals of each hour; which day of the week that is, SQL can't say."""
    return query(_hourly(question).span, ARRIVALS, {"outside": OUTSIDE}, {"n": "count(*)"})


def _hourly(question: Question) -> Question:
    return replace(question, by=(*question.by, "hour"))


def seasonality(arrivals: Iterable[Told], question: Question) -> Table:
    """Return the arrivals by weekday and hour, from rows of the group, the hour, why they are left out, and a count."""
    counts = Counter[tuple[Group, Place, str | None]]()
    for *group, hour, outside, count in arrivals:
        counts[tuple(group), place_of(hour), outside] += count
    rows = list(_rows(_groups.ordered(question, (group for group, _, _ in counts)), counts, question))
    return Table(
        (*_groups.columns(question), *_COLUMNS),
        rows,
        title="Arrivals by hour of the week",
        caption=_groups.caption(question, *_peaks(rows, len(question.by))),
        group="weekday" if not question.by else question.by[0],
    )


def _rows(
    groups: Iterable[Group], counts: Counter[tuple[Group, Place, str | None]], question: Question
) -> Iterator[Row]:
    seconds = seconds_between(question)
    for group, place in product(groups, product(WEEKDAYS, HOURS)):
        timed = tuple(cell for cell, key in zip(group, question.by, strict=True) if key in PERIODS)
        count, lasted = counts[group, place, None], seconds[timed, place]
        rate = count * _AN_HOUR / lasted if lasted else None
        yield (*group, *place, count, rate, *(counts[group, place, reason] for reason in REASONS))


def _peaks(rows: Iterable[Row], width: int) -> Iterator[str]:
    """Yield which place is the busiest in some group, and which the quietest, where anything arrived at all."""
    rated = [(rate, weekday, hour) for row in rows for weekday, hour, _, rate in [row[width : width + 4]] if rate]
    if rated:
        rate, weekday, hour = max(rated, key=lambda each: each[0])
        yield f"peak {weekday} {hour}:00, {rate:.1f} an hour"


_COLUMNS = (
    Column("weekday", "Weekday"),
    Column("clock_hour", "Hour"),
    Column("n", "n", Kind.NUMBER),
    Column("per_hour", "An hour", Kind.NUMBER),
    *LEFT_OUT,
)
