"""Faults of other systems' reports that ours must not have; one line each in the definitions of the metrics."""

import csv
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from queues import NOW, Bench, a_queue, ago
from reports.asked import rows_of
from running import run

from supportq.model.event import Kind
from supportq.model.ticket import Status
from supportq.reports import Question, find_report
from supportq.reports._spread import Durations


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with a_queue(tmp_path) as lent:
        yield lent


def answered_after(bench: Bench, asked_at: datetime, team: str = "sales", **span: float) -> int:
    number = bench.ask("Where is it?", asked_at, team=team)
    bench.reply(number, asked_at + timedelta(**span), status=Status.OPEN)
    return number


def line(bench: Bench, report: str, time: str, key: str = "time") -> dict[str, Any]:
    asked = Question(ago(days=30), NOW + timedelta(seconds=1), NOW, NOW.tzinfo)  # type: ignore[arg-type]
    return next(row for row in rows_of(find_report(report).build(bench.queue, asked)) if row[key] == time)


def test_times_are_not_rounded_before_they_are_averaged() -> None:
    assert Durations([61, 61, 62]).mean() == 61
    assert Durations([3540, 3540]).mean() == 3540


def test_a_share_is_of_those_that_it_is_counted_from(bench: Bench) -> None:
    answered_after(bench, ago(days=40), days=20)
    answered_after(bench, ago(days=20), minutes=5)
    found = line(bench, "sla", "first_response", "clock")

    assert (found["met"], found["n"], found["rate"]) == (1, 1, 1.0)
    assert line(bench, "response", "first_response")["n"] == 2


def test_an_answer_after_59_minutes_took_59_minutes(bench: Bench) -> None:
    answered_after(bench, ago(days=1), minutes=59)

    assert line(bench, "response", "first_response")["median"] == 59 * 60
    assert "59m" in run("report", "response", queue=bench.queue.path, terminal=True).out


def test_what_is_noted_afterwards_does_not_move_a_resolve(bench: Bench) -> None:
    number = answered_after(bench, ago(days=5), hours=1)
    bench.record(number, ago(days=5) + timedelta(hours=2), Kind.RESOLVED)
    bench.note(number, ago(days=1))

    assert line(bench, "resolution", "first")["calendar_median"] == 2 * 3600


def test_a_duration_has_no_more_hours_than_a_day(bench: Bench) -> None:
    answered_after(bench, ago(days=10), days=5, hours=23, minutes=41)
    shown = run("report", "response", "--calendar", queue=bench.queue.path, terminal=True).out

    assert "5d 23h" in shown


def test_a_download_says_what_the_screen_says_and_the_other_time_beside_it(bench: Bench) -> None:
    answered_after(bench, datetime.fromisoformat("2026-11-13T15:30:00Z"), team="technical", days=3)
    for words in ([], ["--calendar"]):
        (row, *_) = csv.DictReader(
            run("report", "response", "-f", "csv", *words, queue=bench.queue.path).out.splitlines()
        )
        assert (row["median_s"], row["calendar_median_s"]) == (str(8 * 3600), str(3 * 86_400))
    shown = [
        run("report", "response", *words, queue=bench.queue.path, terminal=True).out for words in ([], ["--calendar"])
    ]
    assert ["8h" in shown[0], "3d" in shown[1]] == [True, True]


def test_waits_that_were_too_long_are_among_the_times(bench: Bench) -> None:
    answered_after(bench, ago(days=3), minutes=5)
    answered_after(bench, ago(days=6), days=2)
    rows = json.loads(run("report", "response", "--json", queue=bench.queue.path).out)

    assert (rows[0]["n"], rows[0]["p90_s"]) == (2, 2 * 86_400)
    assert line(bench, "sla", "first_response", "clock")["late"] == 1


def test_what_was_resolved_without_a_word_is_not_said_to_have_taken_many(bench: Bench) -> None:
    number = bench.ask("Never mind", ago(days=20))
    bench.record(number, ago(days=19), Kind.RESOLVED)
    asked = Question(ago(days=30), NOW + timedelta(seconds=1), NOW, NOW.tzinfo)  # type: ignore[arg-type]
    (found,) = rows_of(find_report("fcr").build(bench.queue, asked))

    assert (found["n"], found["no_reply"], found["one_touch_rate"]) == (0, 1, None)
