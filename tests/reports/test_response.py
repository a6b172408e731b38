"""What the waits for an answer leave out, and how they say so."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from queues import NOW, Bench, a_queue, ago
from reports.asked import rows_of

from supportq.reports import Question, find_report
from supportq.work.resolve import resolve

LAST_WEEK = Question(ago(days=7), NOW.replace(second=1), NOW, NOW.tzinfo)  # type: ignore[arg-type]


@pytest.fixture
def neglected(tmp_path: Path) -> Iterator[Bench]:
    """Lend a desk on which one customer was answered, one never was until it was over, and one still waits."""
    with a_queue(tmp_path) as bench:
        answered, ended, _ = (bench.ask("Hello", ago(days=days)) for days in (3, 2, 1))
        bench.reply(answered, ago(days=3, hours=-1))
        resolve(bench.writer(), [ended])
        yield bench


@pytest.mark.parametrize("name", ["response", "waits"])
def test_waits_that_never_had_an_answer_are_counted_beside_those_that_had(name: str, neglected: Bench) -> None:
    table = find_report(name).build(neglected.queue, LAST_WEEK)
    first = rows_of(table)[0]

    assert (first["n"], first["unanswered"]) == (1, 1)
    assert table.caption.endswith("; 1 still wait: supportq list has:unanswered")


def test_a_period_that_is_over_tells_nothing_of_today(neglected: Bench) -> None:
    asked = Question(ago(days=7), ago(days=2), NOW, NOW.tzinfo)  # type: ignore[arg-type]

    assert "still wait" not in find_report("response").build(neglected.queue, asked).caption


def test_people_see_why_waits_are_left_out(neglected: Bench) -> None:
    response, waits = (find_report(name).build(neglected.queue, LAST_WEEK) for name in ("response", "waits"))

    assert "unanswered" in {column.key for column in response.shown}
    assert "left out: 1 never answered" in waits.caption
