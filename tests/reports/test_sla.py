from pathlib import Path
from typing import Any

import pytest
from queues import NOW, a_queue, ago
from reports.asked import november, rows_of

from supportq.model.event import Kind
from supportq.model.ticket import Status
from supportq.reports import Question
from supportq.reports.sla import attainment, build


def line_of(kind: str, **fates: int) -> dict[str, Any]:
    """Return the line of one kind of clock, of which so many had each fate."""
    told = [(kind, fate, count) for fate, count in fates.items()]
    return next(row for row in rows_of(attainment(told, november())) if row["clock"] == kind)


def test_the_share_is_met_by_met_and_missed() -> None:
    line = line_of("first_response", met=2, late=1, void=1)

    assert (line["n"], line["met"], line["late"], line["void"]) == (3, 2, 1, 1)
    assert line["rate"] == pytest.approx(2 / 3)


def test_the_causes_of_a_miss_are_told_apart() -> None:
    line = line_of("first_response", late=1, retarget=1)

    assert (line["late"], line["retarget"], line["rate"]) == (1, 1, 0)


def test_void_no_data_and_running_are_left_out_and_counted() -> None:
    line = line_of("first_response", void=1, no_data=1, running=1)

    assert (line["n"], line["rate"], line["void"], line["no_data"], line["running"]) == (0, None, 1, 1, 1)


def test_corrected_promises_are_void_and_told_apart_for_all_to_see() -> None:
    table = attainment([("first_response", "void", 1), ("first_response", "corrected", 1)], november())

    (line,) = [row for row in rows_of(table) if row["clock"] == "first_response"]
    assert (line["void"], line["corrected"]) == (2, 1)
    assert "; 1 corrected" in table.caption


def test_days_are_local_days(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        bench.reply(
            bench.ask("Late in the evening", NOW.replace(day=10, hour=23)), NOW.replace(day=10, hour=23, minute=30)
        )
        rows = rows_of(build(bench.queue, november("day")))

    assert [row["day"] for row in rows if row["met"] and row["clock"] == "first_response"] == ["2026-11-11"]


def test_a_running_late_clock_is_missed_and_dated_by_its_breach(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        bench.ask("Nobody answers", ago(hours=3), team="sales")
        before = rows_of(build(bench.queue, asked(ago(hours=2), ago(hours=1))))
        after = rows_of(build(bench.queue, asked(ago(hours=1), NOW)))

    assert [row["late"] for row in before if row["clock"] == "first_response"] == [0]
    assert [row["late"] for row in after if row["clock"] == "first_response"] == [1]


def test_a_miss_counts_when_it_happened_though_the_answer_came_later(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        number = bench.ask("Answered late", ago(days=3), team="sales")
        bench.reply(number, ago(days=1), status=Status.OPEN)
        found = rows_of(build(bench.queue, asked(ago(days=3), ago(days=2))))

    assert [row["late"] for row in found if row["clock"] == "first_response"] == [1]


def test_the_promises_of_a_spam_ticket_stand_aside(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        number = bench.ask("Cheap watches", ago(hours=1))
        bench.reply(number, ago(minutes=50), status=Status.OPEN)
        bench.record(number, ago(minutes=40), Kind.SPAMMED)
        found = rows_of(build(bench.queue, asked(ago(days=1), NOW)))

    assert [(row["n"], row["outside"]) for row in found if row["clock"] == "first_response"] == [(0, 1)]


def asked(since: object, until: object) -> Question:
    return Question(since, until, NOW, NOW.tzinfo)  # type: ignore[arg-type]
