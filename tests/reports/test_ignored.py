"""Which inquiries were acknowledged, and which need no answer."""

from datetime import datetime
from pathlib import Path

from queues import NOW, Bench, a_queue, ago
from reports.asked import rows_of

from supportq.model.channel import Channel
from supportq.model.event import Kind
from supportq.model.message import Author, Direction
from supportq.reports import Question
from supportq.reports.ignored import build
from supportq.store.gather import Saying
from supportq.work.dismiss import dismiss
from supportq.work.resolve import resolve


def acknowledge(bench: Bench, number: int, at: datetime) -> None:
    with bench.writer(at).change("acknowledge") as change:
        saying = Saying(Direction.OUT, Author.SYSTEM, Channel.EMAIL, "We got it.", at, automatic=True)
        change.record(number, Kind.ACKNOWLEDGED, message=change.say(number, saying))
        change.store()


def test_acknowledgements_are_looked_for_where_they_are_sent(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        acknowledge(bench, bench.ask("Mailed", ago(hours=5)), ago(hours=4))
        bench.ask("Mailed too", ago(hours=3))
        bench.ask("Rang", ago(hours=2), channel=Channel.PHONE)
        (row,) = rows_of(build(bench.queue, Question(ago(days=1), NOW, NOW, NOW.tzinfo)))  # type: ignore[arg-type]

    assert (row["acknowledged_rate"], row["inquiries"]) == (0.5, 2)


def test_what_we_wrote_of_ourselves_is_no_inquiry(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        acknowledge(bench, bench.ask("Mailed", ago(hours=5)), ago(hours=4))
        with bench.writer(ago(hours=3)).change("log") as change:
            number = change.new_ticket(None, at=ago(hours=3), channel=Channel.EMAIL, by="agent")
            saying = Saying(Direction.OUT, Author.AGENT, Channel.EMAIL, "We moved.", ago(hours=3), agent="ann")
            change.record(number, Kind.REPLIED, message=change.say(number, saying), status="pending")
            change.store()
        (row,) = rows_of(build(bench.queue, Question(ago(days=1), NOW, NOW, NOW.tzinfo)))  # type: ignore[arg-type]

    assert (row["n"], row["ignored"], row["dismissed"], row["inquiries"]) == (1, 1, 1, 1)


def test_what_was_dismissed_needed_no_answer_and_what_was_resolved_without_one_did(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        thanks, silent = bench.ask("Thanks", ago(hours=1)), bench.ask("Lost", ago(hours=1))
        dismiss(bench.writer(), [thanks])
        resolve(bench.writer(), [thanks, silent])
        (row,) = rows_of(build(bench.queue, Question(ago(days=1), NOW, NOW, NOW.tzinfo)))  # type: ignore[arg-type]

    assert (row["ignored"], row["dismissed"], row["n"]) == (1, 1, 1)
