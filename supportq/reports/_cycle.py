"""Two periods on all key figures: what has changed, and how sure that is."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, timedelta
from enum import StrEnum
from typing import NamedTuple

from supportq.model.table import Amount, Column, Kind, Row, Table
from supportq.reports import answered, backlog, csat, fcr, flow, ignored, reopens, resolution, response, sla
from supportq.reports._question import Question
from supportq.reports._spread import Durations
from supportq.statistics.intervals import FEWEST, Estimate, count, difference, median_rank, share
from supportq.store.queue import Queue
from supportq.values import dataclass


class Verdict(StrEnum):
    """What can be said of a change."""

    BETTER = "better"
    WORSE = "worse"
    MORE = "more"
    LESS = "less"
    UNCLEAR = "unclear"
    TOO_FEW = "too few"
    COUNTED = "counted"
    NO_DATA = "no data"


class Measured(NamedTuple):
    """A figure of one period, of how many it is told, and between what the truth lies, where that can be said."""

    value: float | None
    n: int | None = None
    estimate: Estimate | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A key figure: what it is called, what its values are, and if more of it is good (1), bad (-1) or neither."""

    name: str
    kind: Kind
    good: int = 0

    @property
    def unit(self) -> str:
        """Return what programs take its values to be."""
        return Amount(0, self.kind).unit


_SELDOM = "chance alone would do it less than once in 20 times"
_MEANT = {
    Verdict.BETTER: _SELDOM,
    Verdict.WORSE: _SELDOM,
    Verdict.MORE: _SELDOM,
    Verdict.LESS: _SELDOM,
    Verdict.UNCLEAR: "may be chance alone",
    Verdict.TOO_FEW: f"under {FEWEST} in one of them",
    Verdict.COUNTED: "exact",
}


def cycle(queue: Queue, now: Question, before: Question) -> Table:
    """Compare two periods on the key figures of the desk, and say of each difference how sure it is.

    Shares and medians are those of the reports sla (every clock), answered, ignored, fcr, reopens, csat, response and
    resolution, with their n and what they leave out; arrivals and first resolves are those of a day on average, of the
    days that are over, n is how many in all; and the backlog is that at the end. Change from and to are between what
    the difference lies, 95 times in 100. Each share has the interval of Wilson (1927), each median that between two
    order statistics by the binomial distribution, arrivals and resolves the score interval of the Poisson distribution:
    Brown, Cai and DasGupta (2003); two are joined by their squares: Newcombe (1998, method 10), Zou and Donner (2008).
    A change is told where that leaves out zero, else it is unclear. A median of fewer than six has no interval (too
    few); the backlog is counted and no sample. What else changed between the periods, such as the season, no interval
    knows.
    """
    found = dict(_measured(queue, before))
    rows = [_row(measure, mine, found[measure]) for measure, mine in _measured(queue, now)]
    return Table(
        _COLUMNS,
        rows,
        title="Before and after",
        caption="; ".join((f"{before.period}, then {now.period}", *now.seen, *_explained(rows))),
    )


def _explained(rows: Iterable[Row]) -> Iterator[str]:
    """Yield what the verdicts mean that were given, those that mean the same together."""
    given = {row[_VERDICT] for row in rows}
    for meant in dict.fromkeys(_MEANT.values()):
        verdicts = [each.value for each, words in _MEANT.items() if words == meant and each in given]
        if verdicts:
            yield f"{', '.join(verdicts)}: {meant}"


def verdict(measure: Measure, now: Measured, before: Measured, change: Estimate | None) -> Verdict:
    """Return what can be said of a change, of which an interval is known or not."""
    if now.value is None or before.value is None:
        return Verdict.NO_DATA
    if change is None:
        return Verdict.COUNTED if measure.name == _BACKLOG.name else Verdict.TOO_FEW
    if change.low <= 0 <= change.high:
        return Verdict.UNCLEAR
    if not measure.good:
        return Verdict.MORE if change.low > 0 else Verdict.LESS
    return Verdict.BETTER if (change.low > 0) == (measure.good > 0) else Verdict.WORSE


def of_count(number: int, per: float = 1) -> Measured:
    """Return how many came by chance, or how many of them in each of so many days; n is how many in all."""
    found = count(number)
    value = number / per if per != 1 else number
    return Measured(value, number, Estimate(value, found.low / per, found.high / per))


def of_share(part: int, whole: int) -> Measured:
    """Return a share of so many."""
    return Measured(part / whole, whole, share(part, whole)) if whole else Measured(None, 0)


def of_median(values: Durations) -> Measured:
    """Return the median of values."""
    count, value = len(values), values.percentile(50)
    if value is None:
        return Measured(None, 0)
    rank = median_rank(count)
    estimate = Estimate(value, values.at(rank), values.at(count + 1 - rank)) if rank else None
    return Measured(value, count, estimate)


def _measured(queue: Queue, question: Question) -> Iterator[tuple[Measure, Measured]]:
    """Yield each figure of a period."""
    whole = _whole_days(question)
    (row,), days = flow.build(queue, whole).rows, _days(whole)
    for measure, place in _DAILY.items():
        yield measure, of_count(int(str(row[place])), days)
    for report, lines in _LASTING.items():
        lasting = report.lasting(queue, question)
        for measure, line in lines.items():
            yield measure, of_median((lasting.calendar if question.calendar else lasting.business)[(), line])
    for build, shares in _SHARES.items():
        table = build(queue, question)
        for measure, (column, line) in shares.items():
            yield measure, _of_report(table, column, line)
    yield _BACKLOG, _of_report(backlog.build(queue, question), "n")


def _of_report(table: Table, column: str, line: str = "") -> Measured:
    """Return a share that a report tells of its n, or the n itself."""
    row = next(row for row in table.rows if not line or line in row)
    told = {each.key: cell for each, cell in zip(table.columns, row, strict=True)}
    n, value = int(str(told["n"])), told[column]
    if column == "n":
        return Measured(n)
    return of_share(round(value * n) if isinstance(value, float) else 0, n)


def _whole_days(question: Question) -> Question:
    """Return the question without the day that is not over yet, unless that is all there is."""
    local = question.until.astimezone(question.zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
    return replace(question, until=midnight) if question.since < midnight else question


def _days(question: Question) -> float:
    """Return how many local days a question's span has, however many hours these have."""
    since, until = (each.astimezone(question.zone).replace(tzinfo=None) for each in (question.since, question.until))
    return (until - since) / timedelta(days=1)


def _row(measure: Measure, now: Measured, before: Measured) -> Row:
    change = difference(now.estimate, before.estimate) if now.estimate and before.estimate else None
    by = None if now.value is None or before.value is None else now.value - before.value
    low, high = (change.low, change.high) if change else (None, None)
    told = [
        None if value is None else Amount(value, measure.kind) for value in (before.value, now.value, by, low, high)
    ]
    return (
        measure.name,
        told[0],
        before.n,
        told[1],
        now.n,
        *told[2:],
        verdict(measure, now, before, change),
        measure.unit,
    )


_BACKLOG = Measure("open_at_end", Kind.NUMBER, -1)
_DAILY = {Measure("came_in_a_day", Kind.NUMBER): 0, Measure("resolved_a_day", Kind.NUMBER): 1}
_LASTING = {
    response: {
        Measure("first_response", Kind.DURATION, -1): "first_response",
        Measure("next_response", Kind.DURATION, -1): "next_response",
    },
    resolution: {
        Measure("until_resolved", Kind.DURATION, -1): "first",
        Measure("customer_wait", Kind.DURATION, -1): "customer_wait",
    },
}
_SHARES = {
    sla.by_ticket: {Measure("promises_kept", Kind.RATE, 1): ("rate", sla.EVERY_CLOCK)},
    answered.build: {Measure("answered_in_1h", Kind.RATE, 1): ("rate", "")},
    ignored.build: {Measure("ignored", Kind.RATE, -1): ("rate", "")},
    fcr.build: {
        Measure("one_contact", Kind.RATE, 1): ("rate", ""),
        Measure("one_touch", Kind.RATE, 1): ("one_touch_rate", ""),
    },
    reopens.build: {Measure("reopened", Kind.RATE, -1): ("rate", "")},
    csat.build: {Measure("satisfied", Kind.RATE, 1): ("rate", "")},
}
_COLUMNS = (
    Column("measure", "Measure", Kind.CLOCK),
    Column("before", "Before", Kind.AMOUNT),
    Column("n_before", "n", Kind.NUMBER, faint=True),
    Column("after", "After", Kind.AMOUNT),
    Column("n", "n", Kind.NUMBER, faint=True),
    Column("change", "Change", Kind.AMOUNT, shown=False, signed=True),
    Column("low", "Change from", Kind.AMOUNT, signed=True),
    Column("high", "to", Kind.AMOUNT, signed=True),
    Column("verdict", "Verdict"),
    Column("unit", "Unit", shown=False),
)
_VERDICT = next(place for place, column in enumerate(_COLUMNS) if column.key == "verdict")
