"""Ratings, and who hears from us again because of one."""

from datetime import datetime, timedelta

import pytest
from queues import NOW, Bench, ago

from supportq.errors import UsageError
from supportq.model.event import Kind
from supportq.model.filter import Filter
from supportq.model.ticket import Status, Ticket
from supportq.store.projected import read_tickets
from supportq.store.tickets import next_candidates
from supportq.work.dismiss import dismiss
from supportq.work.moves import Refused
from supportq.work.rate import rate
from supportq.work.resolve import resolve
from supportq.work.spam import spam


def ticket(bench: Bench, number: int) -> Ticket:
    return read_tickets(bench.queue, [number])[number]


def resolved(bench: Bench, subject: str = "Loom") -> int:
    number = bench.ask(subject, ago(hours=9))
    bench.reply(number, ago(hours=8))
    resolve(bench.writer(ago(hours=7)), [number])
    return number


def offered(bench: Bench) -> list[int]:
    return next_candidates(bench.queue, Filter(), now=NOW, limit=9)


def test_the_last_rating_counts_with_its_moment_and_its_words(bench: Bench) -> None:
    number = resolved(bench)

    rate(bench.writer(ago(hours=2)), [number], 1, comment="too slow")
    rate(bench.writer(), [number], 5, at=ago(hours=1))

    found = ticket(bench, number)
    assert (found.rating, found.rated_at, found.comment_id, found.status) == (5, ago(hours=1), None, Status.RESOLVED)


@pytest.mark.parametrize(("score", "is_followed_up"), [(1, True), (2, True), (3, False), (5, False)])
def test_a_low_rating_asks_for_a_follow_up_within_a_day(bench: Bench, score: int, *, is_followed_up: bool) -> None:
    number = resolved(bench)

    rate(bench.writer(), [number], score)

    due = NOW + timedelta(days=1) if is_followed_up else None
    assert (ticket(bench, number).follow_up_at, offered(bench)) == (due, [number] if is_followed_up else [])


def test_a_follow_up_is_due_while_the_team_is_there(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=9), team="technical")

    rate(bench.writer(), [number], 1)

    assert ticket(bench, number).follow_up_at == datetime.fromisoformat("2026-11-23T08:00:00Z")


def test_spam_is_not_rated(bench: Bench) -> None:
    number = bench.ask("Cheap watches", ago(hours=9))
    spam(bench.writer(), [number])

    with pytest.raises(Refused, match="is spam, so its rating would count nowhere"):
        rate(bench.writer(), [number], 5)


def test_a_follow_up_has_its_place_among_what_is_due(bench: Bench) -> None:
    unhappy = resolved(bench)
    rate(bench.writer(), [unhappy], 2)
    sooner, later = bench.ask("Due in an hour", ago(hours=1)), bench.ask("Due on Tuesday", NOW, team="technical")

    assert offered(bench) == [sooner, unhappy, later]


@pytest.mark.parametrize("answer", ["reply", "dismiss", "better rating"])
def test_a_follow_up_ends_with_an_answer_of_ours_or_another_word_of_theirs(bench: Bench, answer: str) -> None:
    number = resolved(bench)
    rate(bench.writer(ago(hours=2)), [number], 1)

    match answer:
        case "reply":
            bench.reply(number, NOW, status=Status.RESOLVED)
        case "dismiss":
            dismiss(bench.writer(), [number], reason="rang them")
        case _:
            rate(bench.writer(), [number], 4)

    assert (ticket(bench, number).follow_up_at, offered(bench)) == (None, [])


def test_a_reply_given_before_a_low_rating_is_no_answer_to_it(bench: Bench) -> None:
    number = resolved(bench)
    rate(bench.writer(ago(hours=2)), [number], 1)

    with bench.writer().change("reply") as change:
        change.load([number])
        change.record(number, Kind.REPLIED, at=ago(hours=3), message=1)
        change.store()

    assert ticket(bench, number).follow_up_at is not None


def test_a_promise_to_get_back_outlives_the_answer_to_a_low_rating(bench: Bench) -> None:
    number = resolved(bench)
    bench.record(number, ago(hours=3), Kind.PROMISED, due_at="2026-11-25T09:00:00Z")
    rate(bench.writer(ago(hours=2)), [number], 1)

    bench.reply(number, NOW, status=Status.RESOLVED)

    assert ticket(bench, number).follow_up_at == datetime.fromisoformat("2026-11-25T09:00:00Z")


@pytest.mark.parametrize("at", [ago(hours=10), NOW + timedelta(seconds=1)])
def test_nobody_rates_what_is_not_there_yet_or_what_is_to_come(bench: Bench, at: datetime) -> None:
    number = resolved(bench)

    with pytest.raises(UsageError):
        rate(bench.writer(), [number], 3, at=at)


def test_a_merged_ticket_is_rated_where_it_went_on(bench: Bench) -> None:
    number, other = resolved(bench), resolved(bench, "The same loom")
    bench.record(number, ago(hours=1), Kind.MERGED, into=other)

    with pytest.raises(Refused, match=f"merged into {other}"):
        rate(bench.writer(), [number], 3)
