"""What reports say of customers and agents in two years, against plain loops over what happened."""

import random
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from queues import NOW, Bench, a_queue, ago
from reports import loops
from reports.history import REOPEN_DAYS, Story, recorded, stories
from reports.loops import End, Group
from reports.test_history import Happened, build, every_question, now_held, told, under
from running import run

from supportq.model.event import Kind
from supportq.model.table import Row
from supportq.reports import Question, find_report
from supportq.store.opening import open_queue
from supportq.store.queue import Queue
from supportq.work.resolve import resolve


@cache
def ratings() -> dict[int, list[tuple[datetime, int]]]:
    """Return what customers gave some of the tickets, in the order in which it was recorded; the last counts."""
    chance = random.Random(7)  # noqa: S311 - the same numbers each time are wanted
    given: defaultdict[int, list[tuple[datetime, int]]] = defaultdict(list)
    for story in chance.choices(stories(), k=900):
        span = (NOW - story.created_at).total_seconds()
        at = story.created_at + timedelta(seconds=int(chance.random() * min(span, 30 * 86_400)))
        given[story.number].append((at, chance.choice((1, 2, 3, 4, 4, 5, 5, 5))))
    return given


@pytest.fixture(scope="module")
def queue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Queue]:
    """Lend the two years with what customers thought of them."""
    path = Path(shutil.copy(recorded(), tmp_path_factory.mktemp("rated")))
    opened = open_queue(path, write=True)
    with Bench(opened).writer(NOW).change("rate") as change:
        for number, given in ratings().items():
            for at, rating in given:
                change.record(number, Kind.RATED, at=at, rating=rating)
        change.store()
    yield opened
    opened.close()


def is_aside(story: Story) -> bool:
    return loops.outside(story) is not None


def is_counting(story: Story) -> bool:
    return not is_aside(story) and story.is_told


def share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


@cache
def resolved_first() -> tuple[tuple[Story, End, tuple[End, ...]], ...]:
    """Return the tickets that were ever resolved, each with its first resolve and all of its ends."""
    found = []
    for story in stories():
        ends = tuple(loops.ends(story))
        first = next((end for end in ends if end.kind == "resolved"), None)
        if first is not None:
            found.append((story, first, ends))
    return tuple(found)


@every_question
def test_satisfaction(queue: Queue, question: Question) -> None:
    last = {number: given[-1] for number, given in ratings().items()}
    given = under(
        question,
        (((story, now_held(story), last[story.number][0]), story) for story in stories() if story.number in last),
    )
    resolved = under(question, (((story, now_held(story), first.at), story) for story, first, _ in resolved_first()))
    expected = {}
    for group in {*given, *resolved}:
        scores = [last[story.number][1] for story in given.get(group, ()) if not is_aside(story)]
        done = [story for story in resolved.get(group, ()) if not is_aside(story)]
        expected[group] = (
            share(sum(score in (4, 5) for score in scores), len(scores)),
            len(scores),
            sum(scores) / len(scores) if scores else None,
            sum(score in (1, 2) for score in scores),
            share(sum(story.number in last for story in done), len(done)),
            len(done),
            sum(is_aside(story) for story in given.get(group, ())),
        )
    columns = ("rate", "n", "mean", "low", "response_rate", "resolved", "outside")
    nothing = (None, 0, None, 0, None, 0, 0)

    assert told(build("csat", queue, question), question, *columns, but=nothing) == {
        group: cells for group, cells in expected.items() if cells != nothing
    }


@every_question
def test_reopenings(queue: Queue, question: Question) -> None:
    expected = {}
    happened = (((story, first.held, first.at), (story, first, ends)) for story, first, ends in resolved_first())
    for group, each in under(question, happened).items():
        mine = [(first, ends) for story, first, ends in each if is_counting(story)]
        reopened = sum(first.reopened_at is not None for first, _ in mine)
        reopens = sum(end.reopened_at is not None for _, ends in mine for end in ends)
        resolves = sum(end.kind == "resolved" for _, ends in mine for end in ends)
        expected[group] = (
            *(share(reopened, len(mine)), len(mine), reopened, share(reopens, resolves), resolves),
            sum(first.at + REOPEN_DAYS >= NOW for first, _ in mine),
            sum(not (is_aside(story) or story.is_told) for story, _, _ in each),
            sum(is_aside(story) for story, _, _ in each),
        )
    columns = ("rate", "n", "reopened", "per_resolve", "resolves", "undecided", "no_data", "outside")

    assert told(build("reopens", queue, question), question, *columns, but=(None, 0, 0, None, 0, 0, 0, 0)) == expected


@every_question
def test_contacts_until_the_end(queue: Queue, question: Question) -> None:
    decided = under(
        question,
        (
            ((story, first.held, first.at + REOPEN_DAYS), (story, first))
            for story, first, _ in resolved_first()
            if first.at + REOPEN_DAYS < NOW
        ),
    )
    resolved = under(
        question, (((story, first.held, first.at), (story, first)) for story, first, _ in resolved_first())
    )
    expected = {}
    for group in {*decided, *resolved}:
        each = decided.get(group, [])
        mine = [(story, first) for story, first in each if is_counting(story) and _replies(story, first)]
        in_one = sum(_is_first_contact(story, first) for story, first in mine)
        by_one = sum(len(_replies(story, first)) == 1 and not _came_back(first) for story, first in mine)
        waiting = [is_counting(story) and first.at + REOPEN_DAYS >= NOW for story, first in resolved.get(group, ())]
        expected[group] = (
            *(share(in_one, len(mine)), share(by_one, len(mine)), len(mine), sum(waiting)),
            sum(is_counting(story) and not _replies(story, first) for story, first in each),
            sum(not (is_aside(story) or story.is_told) for story, _ in each),
            sum(is_aside(story) for story, _ in each),
        )
    columns = ("rate", "one_touch_rate", "n", "undecided", "no_reply", "no_data", "outside")
    nothing = (None, None, 0, 0, 0, 0, 0)

    assert told(build("fcr", queue, question), question, *columns, but=nothing) == {
        group: cells for group, cells in expected.items() if cells != nothing
    }


def _replies(story: Story, first: End) -> list[datetime]:
    return [deed.at for deed in story.deeds if deed.verb == "replied" and deed.at <= first.at + REOPEN_DAYS]


def _came_back(first: End) -> bool:
    return first.reopened_at is not None and first.reopened_at <= first.at + REOPEN_DAYS


@cache
def _by_customer() -> dict[int, list[Story]]:
    found: defaultdict[int, list[Story]] = defaultdict(list)
    for story in stories():
        found[story.customer].append(story)
    return found


def _is_first_contact(story: Story, first: End) -> bool:
    asked = [deed.at for deed in story.deeds if deed.verb == "asked" and not deed.data.get("automatic")]
    return not (
        (len(asked) > 1 and max(_replies(story, first)) >= asked[1])
        or _came_back(first)
        or any(
            other.number != story.number
            and other.sorted_as["category"] == story.sorted_as["category"]
            and first.at < other.created_at <= first.at + REOPEN_DAYS
            and not is_aside(other)
            for other in _by_customer()[story.customer]
        )
    )


@every_question
def test_neglect(queue: Queue, question: Question) -> None:
    happened = (((story, now_held(story), story.created_at), _fate(story)) for story in stories())
    expected = {}
    for group, fates in under(question, happened).items():
        n = fates.count("ignored") + fates.count("answered")
        left_out = (fates.count(why) for why in ("not_yet_due", "dismissed", "no_data", "outside"))
        expected[group] = (share(fates.count("ignored"), n), n, fates.count("ignored"), *left_out)
    columns = ("rate", "n", "ignored", "not_yet_due", "dismissed", "no_data", "outside")

    assert told(build("ignored", queue, question), question, *columns, but=(None, 0, 0, 0, 0, 0, 0)) == expected


def _fate(story: Story) -> str:
    if is_aside(story):
        return "outside"
    if story.opened_by == "agent":
        return "dismissed"
    if any(deed.verb == "replied" for deed in story.deeds):
        return "answered"
    if not story.is_told:
        return "no_data"
    waits = [wait for wait in loops.waits(story) if wait.kind == "first_response"]
    if any(loops.verdict(story, wait, wait.stop or NOW).breached_at for wait in waits):
        return "ignored"
    is_done = any(end.reopened_at is None for end in loops.ends(story))
    return "ignored" if is_done else "not_yet_due"


@every_question
def test_contacts_of_customers(queue: Queue, question: Question) -> None:
    happened = (((story, now_held(story), story.created_at), story) for story in stories())
    expected = {}
    for group, each in under(question, happened).items():
        mine = [story for story in each if not is_aside(story)]
        customers = len({story.customer for story in mine})
        again = [sum(_came_before(story, days, "category") for story in mine) for days in (7, 30)]
        expected[group] = (
            len(mine) / customers if customers else None,
            *(len(mine), customers, share(again[0], len(mine)), share(again[1], len(mine))),
            len(each) - len(mine),
        )
    columns = ("contact_rate", "n", "customers", "within_7_rate", "within_30_rate", "outside")

    assert told(build("customers", queue, question), question, *columns, but=(None, 0, 0, None, None, 0)) == expected


def _came_before(story: Story, days: int, same: str = "", other: str = "") -> bool:
    """Tell whether the customer had come before, so many days at most, with the same of one thing or another other."""
    return any(
        before.number < story.number
        and before.created_at >= story.created_at - timedelta(days=days)
        and not is_aside(before)
        and (not same or before.sorted_as[same] == story.sorted_as[same])
        and (not other or before.sorted_as[other] != story.sorted_as[other])
        for before in _by_customer()[story.customer]
    )


@every_question
def test_channels(queue: Queue, question: Question) -> None:
    asked = (
        question
        if "channel" in question.by
        else Question(question.since, question.until, NOW, question.zone, (*question.by, "channel"))
    )
    came = under(asked, (((story, now_held(story), story.created_at), story) for story in stories()))
    waited = under(asked, _first_answers())
    counting = {group: [story for story in each if not is_aside(story)] for group, each in came.items()}
    total = len({story.number for each in counting.values() for story in each})
    expected = {}
    for group in {*came, *waited}:
        mine, waits = counting.get(group, []), waited.get(group, [])
        customers = {story.customer for story in mine}
        several = {story.customer for story in mine if _came_before(story, 30, other="channel")}
        expected[group] = (
            *(len(mine), share(len(mine), total), loops.spread(waits)[0] if waits else None, len(waits)),
            *(share(len(several), len(customers)), len(customers), len(came.get(group, ())) - len(mine)),
        )
    columns = ("n", "share", "median", "answered", "several_rate", "customers", "outside")
    found = told(build("channels", queue, question), asked, *columns, but=())

    assert {group: cells for group, cells in found.items() if group in expected} == expected
    assert all(cells[0] == cells[3] == 0 for group, cells in found.items() if group not in expected)


def _first_answers(*, then: bool = False) -> Iterator[tuple[Happened, int]]:
    """Yield how long first answers took that were not given live, under who has the ticket now, or had it then."""
    for story in stories():
        for wait in loops.waits(story):
            is_first = wait.kind == "first_response" and wait.outcome == "answered" and not wait.live
            if is_first and wait.stop and not is_aside(story):
                verdict = loops.verdict(story, wait, wait.stop)
                held = verdict.held if verdict.breached_at else loops.held_at(story, wait.stop)
                happened = story, held if then else now_held(story), wait.stop
                yield happened, loops.lasted(verdict.policy, wait, wait.stop)


@every_question
def test_what_agents_did(queue: Queue, question: Question) -> None:
    asked = (
        question
        if "agent" in question.by
        else Question(question.since, question.until, NOW, question.zone, (*question.by, "agent"))
    )
    written = under(asked, _written())
    ended = under(asked, _resolves())
    waited = under(asked, _first_answers(then=True))
    expected = {}
    for group in {*written, *ended, *waited}:
        words = [(story, verb) for story, verb in written.get(group, ()) if not is_aside(story)]
        resolves = [story for story in ended.get(group, ()) if not is_aside(story)]
        waits = waited.get(group, [])
        cells = (
            *(len({story.number for story, _ in words}), sum(verb == "replied" for _, verb in words), len(resolves)),
            *(loops.spread(waits)[0] if waits else None, len(waits)),
        )
        if any(cells):
            expected[group] = cells

    columns = ("n", "replies", "resolves", "median", "answered")

    assert told(build("agents", queue, question), asked, *columns, but=(0, 0, 0, None, 0)) == expected


def _written() -> Iterator[tuple[Happened, tuple[Story, str]]]:
    """Yield what was written; it was Ann who wrote all of it."""
    for story in stories():
        for deed in story.deeds:
            if deed.verb in {"replied", "noted"}:
                yield (story, {**now_held(story), "assignee": "ann"}, deed.at), (story, deed.verb)


def _resolves() -> Iterator[tuple[Happened, Story]]:
    for story, _, ends in resolved_first():
        yield from (((story, end.held, end.at), story) for end in ends if end.kind == "resolved")


@every_question
def test_handovers(queue: Queue, question: Question) -> None:
    happened = (((story, first.held, first.at), (story, first)) for story, first, _ in resolved_first())
    expected = {}
    for group, each in under(question, happened).items():
        mine = [(story, first) for story, first in each if is_counting(story)]
        hands = [sum(_changes(story, first, key) for story, first in mine) for key in ("assignee", "team")]
        expected[group] = (len(mine), *hands, 0, sum(hands) / len(mine) if mine else None)
    columns = ("n", "agent_handovers", "team_handovers", "line_handovers", "per_ticket")
    found = told(build("handovers", queue, question), question, *columns, but=(0, 0, 0, 0, None))

    assert found == {group: cells for group, cells in expected.items() if cells[0]}


def _changes(story: Story, first: End, key: str) -> int:
    values = [story.sorted_as[key]]
    values += [deed.data[key] for deed in story.deeds if deed.verb == "changed" and deed.at < first.at]
    known = [value for value in values if value is not None]
    return sum(before != after for before, after in pairwise(known))


@every_question
def test_lines(queue: Queue, question: Question) -> None:
    if "line" in question.by:
        return
    happened = (((story, first.held, first.at), (story, first)) for story, first, _ in resolved_first())
    expected = {}
    for group, each in under(question, happened).items():
        mine = [(story, first) for story, first in each if is_counting(story)]
        counts = Counter(story.sorted_as["line"] for story, _ in mine)
        for line, count in counts.items():
            lasted = [
                loops.seconds(first.policy, story.created_at, first.at)
                for story, first in mine
                if story.sorted_as["line"] == line
            ]
            median, p90, *_ = loops.spread(lasted)
            expected[*group, line] = (count, count / len(mine), 0, count, median, p90)
    columns = ("n", "share", "handed_over", "stays", "median", "p90")

    assert _lines(build("lines", queue, question), len(question.by), columns) == expected


def _lines(table: Any, width: int, columns: Sequence[str]) -> dict[Group, tuple[Any, ...]]:
    places = [table.find(key) for key in columns]
    cells = {row[: width + 1]: tuple(row[place] for place in places) for row in table.rows}
    return {line: found for line, found in cells.items() if found[0]}


@every_question
@pytest.mark.parametrize("name", ["csat", "reopens", "fcr", "customers", "handovers", "agents", "retention"])
def test_the_sql_behind_a_report_tells_its_figures(queue: Queue, question: Question, name: str) -> None:
    report, table = find_report(name), build(name, queue, question)
    assert report.sql is not None
    statement = queue.connection.execute(report.sql(question))
    names = [column[0] for column in statement.description]
    figures = [column.key for column in table.columns if column.key in {*names} - {*question.by, "agent"}]
    titles = [column.key for column in table.columns]
    keys = [key for key in names if key in titles and key not in figures] + figures

    assert figures
    assert _told(statement, names, keys, figures) == _told(table.rows, titles, keys, figures)


def _told(rows: Iterable[Row], names: Sequence[str], keys: Sequence[str], figures: Sequence[str]) -> list[str]:
    """Return these cells of the rows in which anything was counted, whatever their order."""
    found = (dict(zip(names, row, strict=True)) for row in rows)
    return sorted(str([row[key] or 0 for key in keys]) for row in found if any(row[key] for key in figures))


@pytest.mark.parametrize("words", [("agents",), ("csat", "--by", "agent")])
def test_who_answers_what_is_assigned_to_nobody_reads_why_it_is_not_credited(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    with a_queue(tmp_path) as bench:
        ticket = bench.ask("Order not here", ago(hours=5))
        bench.reply(ticket, ago(hours=4))
        resolve(bench.writer(ago(hours=3)), [ticket])
        queue = bench.queue.path
    told, by_team = (run("report", *each, "-f", "table", queue=queue).out for each in (words, ("csat", "--by", "team")))

    assert "no agent: assigned to nobody, whoever answered" in told
    assert "whoever answered" not in by_team
