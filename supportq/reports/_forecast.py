"""What is coming: expected arrivals of each hour, the work they bring, and who is there to do it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from supportq.model.chart import Chart, Shape, Strip
from supportq.model.table import Cell, Column, Kind, Row, Table
from supportq.reports._duty import Duty
from supportq.reports._question import Question
from supportq.reports._weekly import HOURS, WEEKDAYS
from supportq.statistics.seasons import FEWEST_WEEKS, Counts, Day, Method, Trial, likely, naive, seasonal, tried
from supportq.statistics.staffing import AT_ONCE_S, agents_needed
from supportq.store.handling import Handling, handling, iter_arrivals
from supportq.store.queue import Queue
from supportq.values import dataclass

WEEKS_BACK = 26
FEWEST_RECORDED = 20
"""The work of fewer tickets than this tells nothing about that of others."""

KEYS = ("day", "hour")

_A_DAY, _A_WEEK = timedelta(days=1), timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class History:
    """The whole weeks of days until yesterday, what came in each of their hours, and of that what was live."""

    first: date
    days: tuple[Day, ...]
    live: tuple[Day, ...]

    @property
    def weeks(self) -> int:
        """Return how many weeks are known."""
        return len(self.days) // 7


@dataclass(frozen=True, slots=True)
class Slot:
    """An hour, or a whole day, that is to come."""

    starts_at: datetime
    label: str
    expected: float
    live: float
    likely: tuple[int, int]
    duty: timedelta
    needed: int | None = None
    is_holiday: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """For how many weeks, by what, and how soon whoever calls is to be answered."""

    weeks: int = 1
    by: str = "day"
    within_s: float = AT_ONCE_S


@dataclass(frozen=True, slots=True)
class Forecast:
    """The table, and of days the picture of their hours; without enough history there are no rows and it says why."""

    table: Table
    chart: Chart | None = None


def forecast(queue: Queue, question: Question, duty: Duty, wanted: Wanted) -> Forecast:
    """Tell how many inquiries are to be expected from tomorrow on, and what work comes with them for whom.

    Expected is the mean of the same hour of the same weekday over up to 26 weeks until yesterday, with weights that
    halve every six weeks, times how the last weeks stand to that mean (halving every two). On holidays of the hours in
    the settings it is their part of what earlier holidays had, else that of a Sunday. From and to hold nine counts in
    ten: a negative binomial distribution, as wide as earlier weeks went astray. Each of up to eight last weeks is
    forecast from what came before it, beside the naive forecast (the same hour of last week, or of the last in which
    that weekday was no holiday): the caption names both mean absolute errors, and how many hours came within their
    range. Where the mean is no better by squared error, the naive one is told. Work is what is expected times the mean
    recorded time (--spent) of tickets resolved in these weeks; on duty is how long all agents are there, each while one
    of their teams is open; load is the first by the second, of nobody none: work that comes while nobody is there is
    told by the caption. Live are the callers (phone, chat). Needed are the agents who answer four of five callers
    (phone, chat) within 20 seconds, or --within, one call each at a time: Erlang C; by day it is that of the busiest
    hour. Merged, spam and automatic tickets are left out.
    """
    history = _history(queue, question, duty)
    if history.weeks < FEWEST_WEEKS:
        return Forecast(Table(_columns(wanted), [], title=_TITLE, caption=_too_little(history)))
    chosen = _chosen(history.days)
    span = replace(question, since=_starts(history.first, question), until=_starts(_today(question), question)).span
    took = handling(queue, span)
    whole, live = sum(took.values(), Handling()), took.get(True, Handling())
    hours = list(_hours(history, question, duty, wanted.weeks, chosen))
    hours = [replace(hour, needed=_needed(hour, live, wanted.within_s)) for hour in hours]
    slots = hours if wanted.by == "hour" else list(_days(hours, chosen.trial.day_spread))
    remarks = [*question.seen, f"{history.weeks} weeks known", chosen.words, *_remarks(hours, whole, live)]
    rows = [_row(slot, whole) for slot in slots]
    table = Table(_columns(wanted), rows, title=_TITLE, caption="; ".join(remarks), group=_group(wanted))
    return Forecast(table, None if wanted.by == "hour" else _picture(hours[: 7 * 24]))


def _history(queue: Queue, question: Question, duty: Duty) -> History:
    """Return the whole weeks until yesterday, from the first that anything came in."""
    today = _today(question)
    since = today - WEEKS_BACK * _A_WEEK
    asked = replace(question, since=_starts(since, question), until=_starts(today, question), by=("hour",))
    counts = Counter[tuple[date, int, bool]]()
    for hour, is_live, count in iter_arrivals(queue, asked.span):
        counts[date.fromisoformat(hour[:10]), int(hour[11:13]), is_live] += count
    known = (today - min((day for day, _, _ in counts), default=today)).days
    first = today - known // 7 * _A_WEEK
    dates = [first + number * _A_DAY for number in range((today - first).days)]
    lived = [tuple(float(counts[day, hour, True]) for hour in range(24)) for day in dates]
    others = [tuple(float(counts[day, hour, False]) for hour in range(24)) for day in dates]
    both = [tuple(map(sum, zip(*each, strict=True))) for each in zip(lived, others, strict=True)]
    return History(first, _as_days(dates, both, duty), _as_days(dates, lived, duty))


def _as_days(dates: Sequence[date], counts: Sequence[Counts], duty: Duty) -> tuple[Day, ...]:
    return tuple(
        Day(day.weekday(), is_holiday=duty.is_holiday(day), counts=came)
        for day, came in zip(dates, counts, strict=True)
    )


class Chosen(NamedTuple):
    """The method that is told, how it did, and that in words."""

    method: Method
    trial: Trial
    words: str


def _chosen(days: Sequence[Day]) -> Chosen:
    """Return the better method, by the squares of how far its hours were off."""
    ours, theirs = tried(seasonal, days), tried(naive, days)
    is_better = ours.squared_error < theirs.squared_error
    method, told, other = (seasonal, ours, theirs) if is_better else (naive, theirs, ours)
    names = ("seasonal mean", "last week") if is_better else ("last week, as the seasonal mean is no better", "that")
    covered = "" if told.coverage is None else f", {round(100 * told.coverage)} % of hours in their range"
    return Chosen(method, told, f"{names[0]}: {told.error:.2f} an hour off ({names[1]}: {other.error:.2f}){covered}")


def _hours(history: History, question: Question, duty: Duty, weeks: int, chosen: Chosen) -> Iterator[Slot]:
    """Yield the hours of the weeks from tomorrow on; what is left of today is forecast with them and not told."""
    today = _today(question)
    dates = [today + number * _A_DAY for number in range(7 * weeks + 1)]
    ahead = [Day(day.weekday(), is_holiday=duty.is_holiday(day)) for day in dates]
    made = zip(dates, ahead, chosen.method(history.days, ahead), chosen.method(history.live, ahead), strict=True)
    for on, day, counts, lived in list(made)[1:]:
        for hour, (expected, live) in enumerate(zip(counts, lived, strict=True)):
            start, end = (_starts(on, question, each) for each in (hour, hour + 1))
            there = duty.between(start, end)
            label = f"{on} {hour:02}:00"
            yield Slot(
                start, label, expected, live, likely(expected, chosen.trial.spread), there, is_holiday=day.is_holiday
            )


def _days(hours: Sequence[Slot], spread: float) -> Iterator[Slot]:
    for place in range(0, len(hours), 24):
        day = hours[place : place + 24]
        expected = sum(hour.expected for hour in day)
        needed = [hour.needed for hour in day if hour.needed is not None]
        yield replace(
            day[0],
            label=day[0].label[:10],
            expected=expected,
            live=sum(hour.live for hour in day),
            likely=likely(expected, spread),
            duty=sum((hour.duty for hour in day), timedelta()),
            needed=max(needed, default=None),
        )


def _needed(hour: Slot, live: Handling, within_s: float) -> int | None:
    if live.recorded < FEWEST_RECORDED:
        return None
    return agents_needed(hour.live * live.mean_s / 3600, live.mean_s, within_s)


def _row(slot: Slot, took: Handling) -> Row:
    day = date.fromisoformat(slot.label[:10])
    work: Cell = None
    load: Cell = None
    if took.recorded >= FEWEST_RECORDED:
        work = timedelta(seconds=round(slot.expected * took.mean_s))
        load = work / slot.duty if slot.duty else None
    name = f"{WEEKDAYS[day.weekday()]} {slot.label[:10]}", slot.label[11:] or None
    calls = round(slot.live, 2), slot.needed
    return (*name, round(slot.expected, 2), *slot.likely, work, slot.duty, load, *calls, slot.is_holiday)


def _remarks(hours: Sequence[Slot], took: Handling, live: Handling) -> Iterator[str]:
    """Yield what a ticket takes, which days are holidays, and where there is more to do than hands, or nobody."""
    if took.recorded >= FEWEST_RECORDED:
        yield f"a ticket takes {_age(took.mean_s)} (mean of {took.recorded} of {took.count})"
        yield from _shortage(hours, took.mean_s)
    else:
        yield f"no work told: {took.recorded} tickets have it recorded (--spent 10m), {FEWEST_RECORDED} are needed"
    if live.recorded < FEWEST_RECORDED <= took.recorded:
        yield f"no agents needed told: {live.recorded} calls have their work recorded, {FEWEST_RECORDED} are needed"
    if holidays := list(dict.fromkeys(hour.label[:10] for hour in hours if hour.is_holiday)):
        yield f"holidays: {', '.join(holidays)}"


def _shortage(hours: Sequence[Slot], mean_s: float) -> Iterator[str]:
    over = [(hour.expected * mean_s - hour.duty.total_seconds(), hour) for hour in hours]
    short = [(missing_s, hour) for missing_s, hour in over if hour.duty and missing_s > 0]
    alone_s = [missing_s for missing_s, hour in over if not hour.duty and missing_s > 0]
    if short:
        _, worst = max(short, key=lambda each: each[0])
        hours_in_all = "1 hour:" if len(short) == 1 else f"{len(short)} hours, most on"
        yield f"more work than hands in {hours_in_all} {worst.label}"
    if alone_s:
        yield f"{_age(sum(alone_s))} of work come while nobody is on duty"


def _age(seconds: float) -> str:
    from supportq.when import format_age

    return format_age(timedelta(seconds=seconds))


def _picture(hours: Sequence[Slot]) -> Chart:
    """Return what is expected of each hour of the first week."""
    days = [hours[place : place + 24] for place in range(0, len(hours), 24)]
    names = (WEEKDAYS[date.fromisoformat(day[0].label[:10]).weekday()] for day in days)
    strips = (Strip(name, tuple(hour.expected for hour in day)) for name, day in zip(names, days, strict=True))
    return Chart(Shape.HEAT, "Expected arrivals by hour", HOURS, tuple(strips))


def _today(question: Question) -> date:
    return question.now.astimezone(question.zone).date()


def _starts(on: date, question: Question, hour: int = 0) -> datetime:
    """Return when an hour of a local day begins; the one after its last is midnight."""
    days, clock = divmod(hour, 24)
    return datetime.combine(on + days * _A_DAY, time(clock), question.zone).astimezone(UTC)


def _too_little(history: History) -> str:
    return (
        f"No forecast yet: it takes {FEWEST_WEEKS} whole weeks of arrivals, and {history.weeks} are known. "
        "Older inquiries can be imported: supportq help import"
    )


def _group(wanted: Wanted) -> str:
    return "day" if wanted.by == "hour" else ""


def _columns(wanted: Wanted) -> tuple[Column, ...]:
    return (
        Column("day", "Day"),
        Column("hour", "Hour", shown=wanted.by == "hour"),
        Column("expected", "Expected", Kind.NUMBER),
        Column("low", "From", Kind.NUMBER, faint=True),
        Column("high", "To", Kind.NUMBER, faint=True),
        Column("work", "Work", Kind.DURATION),
        Column("duty", "On duty", Kind.OPEN_TIME),
        Column("load", "Load", Kind.RATE),
        Column("live", "Live", Kind.NUMBER),
        Column("needed", "Needed", Kind.NUMBER),
        Column("holiday", "Holiday", Kind.BOOL, shown=False),
    )


_TITLE = "Forecast"
