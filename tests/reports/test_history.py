"""Every figure of two years, under many groups and in many zones, against plain loops over what happened."""

import random
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from deeds import STRICTER
from queues import NOW, Bench
from reports import loops
from reports.asked import rows_of
from reports.history import START, Story, record, recorded, stories
from reports.loops import Group, Held

from supportq.model.table import Kind, Table
from supportq.reports import Question, find_report, names
from supportq.reports.waits import PARTS
from supportq.settings.check import check
from supportq.store.opening import open_queue
from supportq.store.queue import Queue
from supportq.work.config import apply

BERLIN, ST_JOHNS, AUCKLAND = map(ZoneInfo, ("Europe/Berlin", "America/St_Johns", "Pacific/Auckland"))


def local(text: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


WHOLE = START - timedelta(days=1), NOW + timedelta(seconds=1)
AUTUMN = local("2025-10-23", BERLIN), local("2025-10-29", BERLIN)
SPRING = local("2026-03-05", ST_JOHNS), local("2026-03-12", ST_JOHNS)
SOUTH = local("2025-09-21", AUCKLAND), local("2025-10-05 18:30", AUCKLAND)

QUESTIONS = [
    Question(since, until, NOW, zone, by)
    for (since, until), zone, by in (
        (WHOLE, BERLIN, ()),
        (WHOLE, BERLIN, ("team",)),
        (WHOLE, AUCKLAND, ("month", "team")),
        (WHOLE, ST_JOHNS, ("week", "agent")),
        (WHOLE, BERLIN, ("tag",)),
        (WHOLE, BERLIN, ("customer",)),
        (WHOLE, BERLIN, ("organisation", "line", "quarter")),
        (WHOLE, BERLIN, ("priority", "channel", "category", "language")),
        (AUTUMN, BERLIN, ("day", "priority")),
        (AUTUMN, BERLIN, ("hour",)),
        (SPRING, ST_JOHNS, ("hour",)),
        (SOUTH, AUCKLAND, ("day", "team")),
        (SOUTH, AUCKLAND, ("year", "week")),
    )
]
every_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda it: f"{'-'.join(it.by)} {it.since:%y%m%d}")

Happened = tuple[Story, Held, datetime]
"""A ticket, who had it, and the moment that dates what is counted."""


@pytest.fixture(scope="module")
def queue() -> Iterator[Queue]:
    opened = open_queue(recorded(), write=False)
    yield opened
    opened.close()


def build(name: str, queue: Queue, question: Question) -> Table:
    return find_report(name).build(queue, question)


@cache
def once(tell: Callable[[], Iterator[tuple[Happened, Any]]]) -> tuple[tuple[Happened, Any], ...]:
    """Return what happened, told once for all questions."""
    return tuple(tell())


def under(question: Question, happened: Iterable[tuple[Happened, Any]]) -> dict[Group, list[Any]]:
    """Return what happened in the period, by group."""
    found: defaultdict[Group, list[Any]] = defaultdict(list)
    for (story, held, at), what in happened:
        if question.since <= at < question.until:
            for group in loops.groups(story, held, at, question.by, question.zone):  # type: ignore[arg-type]
                found[group].append(what)
    return found


def told(table: Table, question: Question, *keys: str, but: tuple[Any, ...]) -> dict[Group, tuple[Any, ...]]:
    """Return some cells of each row by what it is counted under, without the rows in which nothing was counted."""
    width = len(question.by)
    names = [column.key for column in table.columns][:width]
    assert names == list(question.by)
    cells = {
        tuple(row[key] for key in (*names, *(key for key in _LINES if key in row))): tuple(row[key] for key in keys)
        for row in rows_of(table)
    }
    return {group: found for group, found in cells.items() if found != but}


_LINES = ("time", "clock", "weekday", "clock_hour", "week_of_year")


def now_held(story: Story) -> Held:
    return loops.held_at(story, NOW)


@every_question
def test_arrivals(queue: Queue, question: Question) -> None:
    happened = under(
        question, (((story, now_held(story), story.created_at), loops.outside(story)) for story in stories())
    )
    total = sum(
        loops.outside(story) is None and question.since <= story.created_at < question.until for story in stories()
    )
    expected = {
        group: (each.count(None) / total, *(each.count(why) for why in (None, "merged", "spam", "automatic")))
        for group, each in happened.items()
    }

    columns = ("share", "n", "merged", "spam", "automatic")
    assert told(build("volume", queue, question), question, *columns, but=(0, 0, 0, 0, 0)) == expected


@every_question
def test_responses(queue: Queue, question: Question) -> None:
    happened = under(question, once(_responses))
    expected = {}
    for group, each in happened.items():
        for line in ("first_response", "first_response_live", "next_response"):
            mine = [wait for name, *wait in each if name == line]
            lasted = [wait[1:] for wait in mine if wait[0] == "answered"]
            left_out = Counter(wait[0] for wait in mine if wait[0] != "answered")
            if mine:
                expected[*group, line] = (
                    len(lasted),
                    *(loops.spread([wait[0] for wait in lasted]) if lasted else (None,) * 4),
                    *(loops.spread([wait[1] for wait in lasted]) if lasted else (None,) * 4),
                    *(left_out[why] for why in ("unanswered", "void", "no_data", "outside")),
                )
    keys = ("median", "p90", "p95", "mean")
    found = told(
        build("response", queue, question),
        question,
        "n",
        *keys,
        *(f"calendar_{key}" for key in keys),
        *("unanswered", "void", "no_data", "outside"),
        but=(0, *(None,) * 8, 0, 0, 0, 0),
    )
    assert found == expected


@every_question
@pytest.mark.parametrize("calendar", [False, True])
def test_waits_by_their_length(queue: Queue, question: Question, calendar: bool) -> None:  # noqa: FBT001 - a parameter
    expected: defaultdict[Group, list[int]] = defaultdict(lambda: [0] * 6)
    for group, each in under(question, once(_responses)).items():
        for line, why, *lasted in each:
            if why == "answered":
                hours = lasted[calendar] / 3600
                expected[*group, line][sum(hours >= limit for limit in (0.25, 1, 4, 8, 24))] += 1

    table = build("waits", queue, replace(question, calendar=calendar))
    found = told(table, question, *(column.key for column in table.columns if column.key in PARTS), but=(0,) * 6)
    assert found == {group: tuple(counts) for group, counts in expected.items()}


def _responses() -> Iterator[tuple[Happened, tuple[Any, ...]]]:
    for story in stories():
        for wait in loops.waits(story):
            if wait.stop is None:
                continue
            measured = loops.verdict(story, wait, wait.stop)
            line = f"{wait.kind}_live" if wait.live and wait.kind == "first_response" else wait.kind
            outcome = "outside" if loops.outside(story) else wait.outcome
            lasted = (loops.lasted(measured.policy, wait, wait.stop), loops.lasted(None, wait, wait.stop))
            held = measured.held if measured.breached_at else loops.held_at(story, wait.stop)
            yield (story, held, wait.stop), (line, outcome, *lasted)


STATUSES = {
    "first": {"new", "open", "pending", "on_hold"},
    "total": {"new", "open", "pending", "on_hold"},
    "net": {"new", "open", "on_hold"},
    "customer_wait": {"new", "open", "on_hold"},
    "agent_work": {"new", "open"},
    "agent_wait": {"pending"},
    "on_hold": {"on_hold"},
}


@every_question
def test_resolutions(queue: Queue, question: Question) -> None:
    expected = {}
    for group, each in under(question, once(_resolutions)).items():
        for line in STATUSES:
            lasted = [wait[1:] for wait in each if wait[0] == line and len(wait) > 2]
            left_out = Counter(wait[1] for wait in each if wait[0] == line and len(wait) == 2)
            if lasted or left_out:
                expected[*group, line] = (
                    len(lasted),
                    *(loops.spread([wait[0] for wait in lasted]) if lasted else (None,) * 4),
                    *(loops.spread([wait[1] for wait in lasted]) if lasted else (None,) * 4),
                    *(left_out[why] for why in ("no_data", "outside")),
                )
    keys = ("median", "p90", "p95", "mean")
    columns = ("n", *keys, *(f"calendar_{key}" for key in keys), "no_data", "outside")
    table = build("resolution", queue, question)

    assert told(table, question, *columns, but=(0, *(None,) * 8, 0, 0)) == expected


def _resolutions() -> Iterator[tuple[Happened, tuple[Any, ...]]]:
    for story in stories():
        resolves = [end for end in loops.ends(story) if end.kind == "resolved"]
        for line, statuses in STATUSES.items() if resolves else ():
            end = resolves[0] if line == "first" else resolves[-1]
            why = "outside" if loops.outside(story) else None if story.is_told else "no_data"
            spans = [span[1:] for span in end.spans if span[0] in statuses]
            lasted = tuple(sum(loops.seconds(policy, *span) for span in spans) for policy in (end.policy, None))
            yield (story, end.held, end.at), (line, why) if why else (line, *lasted)


@every_question
def test_the_flow(queue: Queue, question: Question) -> None:
    expected = {}
    for group, each in under(question, once(_flow)).items():
        created, resolved, reopened, done, aside = (
            each.count(event) for event in ("created", "resolved", "reopened", "done", "outside")
        )
        expected[group] = (created, resolved, reopened, done, created + reopened - resolved - done, aside)

    columns = ("n", "resolved", "reopened", "done", "net", "outside")
    assert told(build("flow", queue, question), question, *columns, but=(0,) * 6) == expected


def _flow() -> Iterator[tuple[Happened, str]]:
    for story in stories():
        is_outside = loops.outside(story) is not None
        ends = loops.ends(story)
        first = next((end for end in ends if end.kind == "resolved"), None)
        yield (story, now_held(story), story.created_at), "outside" if is_outside else "created"
        for end in ends:
            event = "resolved" if end is first else "done"
            yield (story, end.held, end.at), "outside" if is_outside else event
            if end.reopened_at is not None:
                yield (story, end.held, end.reopened_at), "outside" if is_outside else "reopened"


@every_question
def test_answers_in_time(queue: Queue, question: Question) -> None:
    happened = under(
        question,
        (
            ((story, now_held(story), story.created_at), loops.answered_fate(story, question.within))
            for story in stories()
            if story.opened_by == "customer"
        ),
    )
    left_out = ("too_early", "no_data", "merged", "spam", "automatic")
    expected = {}
    for group, fates in happened.items():
        in_time, late = fates.count("within"), fates.count("late")
        rate = in_time / (in_time + late) if in_time + late else None
        expected[group] = (rate, in_time + late, in_time, *(fates.count(why) for why in left_out))

    table = build("answered", queue, question)
    assert told(table, question, "rate", "n", "within", *left_out, but=(None, *(0,) * 7)) == expected


@every_question
def test_the_backlog(queue: Queue, question: Question) -> None:
    expected: defaultdict[Group, list[timedelta]] = defaultdict(list)
    open_spells = [(story, *spell) for story in stories() for spell in loops.spells(story)]
    for moment in _moments(question):
        last = max(question.since, moment - timedelta(seconds=1))
        for story, since, until in open_spells:
            if since <= moment < until and loops.outside(story) != "automatic":
                held = loops.held_at(story, moment)
                for group in loops.groups(story, held, last, question.by, question.zone):  # type: ignore[arg-type]
                    expected[group].append(moment - story.created_at)

    found = told(build("backlog", queue, question), question, "n", "oldest", but=(0, None))
    assert found == {group: (len(ages), max(ages)) for group, ages in expected.items()}


def _moments(question: Question) -> list[datetime]:
    """Return the moments to look at: the ends of all that is called otherwise than before, half an hour at a time."""
    last = min(question.until, NOW)
    keys = [key for key in question.by if key in {"hour", "day", "week", "month", "quarter", "year"}]
    if not keys:
        return [last]
    names: dict[tuple[str, ...], datetime] = {}
    moment = question.since
    while moment < question.until:
        names[tuple(loops.label(moment.astimezone(question.zone), key) for key in keys)] = moment
        moment += timedelta(minutes=30)
    ends = [moment + timedelta(minutes=30) for moment in names.values()]
    return [min(last, end) for end in ends]


@every_question
def test_the_seasons(queue: Queue, question: Question) -> None:
    asked = replace(question, by=tuple(key for key in question.by if key not in {"hour", "week"}))
    arrivals: Counter[tuple[Any, ...]] = Counter()
    weeks: Counter[tuple[Any, ...]] = Counter()
    for story in stories():
        if loops.outside(story) is None and asked.since <= story.created_at < asked.until:
            at = story.created_at.astimezone(asked.zone)
            for group in loops.groups(story, now_held(story), at, asked.by, asked.zone):  # type: ignore[arg-type]
                arrivals[*group, f"{at:%a}", f"{at:%H}"] += 1
                weeks[*group, f"W{at.isocalendar().week:02}"] += 1

    by_hour = {group: n for group, (n,) in told(build("seasonality", queue, asked), asked, "n", but=(0,)).items()}
    by_week = {group: n for group, (n,) in told(build("weeks", queue, asked), asked, "n", but=(0,)).items()}
    assert (by_hour, by_week) == (arrivals, weeks)


def test_an_hour_that_a_clock_change_repeats_is_two_hours(queue: Queue) -> None:
    since, until = local("2025-10-26", BERLIN), local("2025-10-27", BERLIN)
    rows = rows_of(build("seasonality", queue, Question(since, until, NOW, BERLIN)))
    sunday = {row["clock_hour"]: row["n"] / row["per_hour"] for row in rows if row["n"]}

    assert sum(row["n"] for row in rows) > 0
    assert {hour: hours for hour, hours in sunday.items() if hours != 1} in ({}, {"02": 2})


@every_question
def test_promises_of_answers(queue: Queue, question: Question) -> None:
    happened = under(question, once(_promises))
    fates = ("met", "late", "retarget", "void", "no_data", "running", "outside")
    expected = {}
    for group, each in happened.items():
        for kind in ("first_response", "next_response"):
            mine = [fate for name, fate in each if name == kind]
            if mine:
                expected[*group, kind] = tuple(mine.count(fate) for fate in fates)

    found = told(build("sla", queue, question), question, *fates, but=(0,) * 7)
    assert {
        group: cells for group, cells in found.items() if group[-1] in {"first_response", "next_response"}
    } == expected


@pytest.mark.parametrize(
    "question", [each for each in QUESTIONS if "tag" not in each.by], ids=lambda it: "-".join(it.by)
)
def test_a_ticket_counts_once_among_those_with_every_promise_kept(queue: Queue, question: Question) -> None:
    assert _kept_and_missed(queue, question) == _kept_and_missed(queue, replace(question, by=()))


def _kept_and_missed(queue: Queue, question: Question) -> tuple[int, int]:
    rows = [row for row in rows_of(build("sla", queue, question)) if row["clock"] == "every_clock"]
    return sum(row["met"] for row in rows), sum(row["late"] for row in rows)


def _promises() -> Iterator[tuple[Happened, tuple[str, str]]]:
    for story in stories():
        for wait in loops.waits(story):
            measured = loops.verdict(story, wait, wait.stop or NOW)
            if measured.breached_at is not None and wait.outcome != "no_data":
                yield (story, measured.held, measured.breached_at), (wait.kind, measured.cause)
                continue
            at = wait.stop or NOW
            fate = "met" if wait.outcome == "answered" else wait.outcome
            yield (story, loops.held_at(story, at), at), (wait.kind, "outside" if loops.outside(story) else fate)


def figures(queue: Queue, question: Question) -> dict[str, list[tuple[Any, ...]]]:
    return {name: list(build(name, queue, question).rows) for name in names()}


BY_TEAM = Question(local("2025-01-01", BERLIN), local("2026-01-01", BERLIN), NOW, BERLIN, ("team", "month"))


def test_figures_are_the_same_in_whatever_order_tickets_were_imported(queue: Queue) -> None:
    told = list(stories())
    random.Random(1).shuffle(told)  # noqa: S311 - any order will do, as long as it is the same each time
    shuffled = open_queue(record(told, at_once=700), write=False)
    try:
        assert figures(shuffled, BY_TEAM) == figures(queue, BY_TEAM)
    finally:
        shuffled.close()


def test_what_was_reported_of_a_year_stays_true_later_and_under_other_settings(queue: Queue, tmp_path: Path) -> None:
    later = open_queue(Path(shutil.copy(recorded(), tmp_path)), write=True)
    try:
        apply(Bench(later).writer(NOW + timedelta(days=1)), check(STRICTER))
        asked = replace(BY_TEAM, now=NOW + timedelta(days=30))
        assert figures(later, asked) == figures(queue, BY_TEAM)
    finally:
        later.close()


@every_question
def test_no_share_is_more_than_the_whole(queue: Queue, question: Question) -> None:
    asked = [name for name in names() if set(question.by) <= set(find_report(name).keys)]
    for row in (row for name in asked for row in rates_of(build(name, queue, question))):
        assert all(rate is None or 0 <= rate <= 1 for rate in row), row


def rates_of(table: Table) -> Iterator[tuple[Any, ...]]:
    places = [place for place, column in enumerate(table.columns) if column.kind is Kind.RATE]
    return (tuple(row[place] for place in places) for row in table.rows)
