"""Replies and notes: what they stop, what a ticket becomes, and what came in meanwhile."""

from datetime import timedelta

import pytest
from queues import NOW, Bench, ago

from supportq.errors import UsageError
from supportq.model.clock import Clock, ClockKind, Standing
from supportq.model.customer import parse_person
from supportq.model.message import Delivery, Direction
from supportq.model.ticket import Status, Ticket
from supportq.store.attachments import Attached
from supportq.store.messages import messages_of
from supportq.store.projected import read_clocks, read_tickets
from supportq.work.close import close
from supportq.work.manner import Manner, Then, then_of
from supportq.work.moves import Refused
from supportq.work.note import note
from supportq.work.reply import reply
from supportq.work.resolve import resolve
from supportq.work.seen import CameIn


def ticket(bench: Bench, number: int) -> Ticket:
    return read_tickets(bench.queue, [number])[number]


def first_response(bench: Bench, number: int) -> Clock:
    return next(c for c in read_clocks(bench.queue, [number])[number] if c.kind is ClockKind.FIRST_RESPONSE)


def answer(bench: Bench, number: int, manner: Manner = Manner()) -> None:  # noqa: B008 - it is frozen
    reply(bench.writer(), {number: "It is on its way."}, manner, {})


def test_a_reply_stops_the_clock_and_waits_for_the_customer(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=1))

    answer(bench, number)

    said = messages_of(bench.queue, number)[-1]
    assert ticket(bench, number).status is Status.PENDING
    assert first_response(bench, number).standing is Standing.MET
    assert (said.direction, said.agent, said.delivery) == (Direction.OUT, "ann", Delivery.RECORDED)


@pytest.mark.parametrize(
    ("then", "before", "after"),
    [
        (Then.OPEN, None, Status.OPEN),
        (Then.RESOLVE, None, Status.RESOLVED),
        (Then.USUAL, "resolved", Status.RESOLVED),
        (Then.RESOLVE, "resolved", Status.RESOLVED),
        (Then.WAIT, "resolved", Status.PENDING),
        (Then.OPEN, "resolved", Status.OPEN),
    ],
)
def test_what_a_ticket_becomes_with_a_reply(bench: Bench, then: Then, before: str | None, after: Status) -> None:
    number = bench.ask("Loom", ago(hours=1))
    if before:
        resolve(bench.writer(ago(minutes=30)), [number])

    answer(bench, number, Manner(then=then))

    assert ticket(bench, number).status is after


def test_a_reply_that_waits_until_a_moment_comes_back_then(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=1))

    answer(bench, number, Manner(then=Then.WAIT, until=ago(days=-3)))

    found = ticket(bench, number)
    assert (found.status, found.status_on(ago(days=-3))) == (Status.PENDING, Status.OPEN)


def test_a_reply_before_a_message_that_waits_leaves_the_ticket_open(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=5))
    bench.ask_again(number, ago(hours=3))

    answer(bench, number, Manner(at=ago(hours=4)))

    found = ticket(bench, number)
    assert (found.status, found.unanswered_since) == (Status.OPEN, ago(hours=3))
    answer(bench, number, Manner(at=ago(hours=2)))
    assert ticket(bench, number).status is Status.PENDING


def test_a_closed_ticket_is_not_answered(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=1))
    close(bench.writer(), [number])

    with pytest.raises(Refused) as error:
        answer(bench, number)

    assert error.value.cures == (f"open it first: supportq reopen {number}",)


def test_a_reply_recorded_late_counts_when_it_was_given_and_is_flagged(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=5))

    answer(bench, number, Manner(at=ago(hours=4)))

    clock = first_response(bench, number)
    assert (clock.standing, clock.stopped_at, clock.late_recorded) == (Standing.MET, ago(hours=4), True)


@pytest.mark.parametrize("at", [NOW + timedelta(minutes=1), ago(hours=2)])
def test_no_reply_was_given_in_the_future_or_before_the_ticket(bench: Bench, at: object) -> None:
    number = bench.ask("Loom", ago(hours=1))

    with pytest.raises(UsageError):
        answer(bench, number, Manner(at=at))  # type: ignore[arg-type]


def test_a_reply_carries_copies_fields_files_and_work(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=1))
    cc = (parse_person("Bo Ek <bo@example.com>"), parse_person("ida@example.com"))
    files = (Attached("label.pdf", b"%PDF"), Attached("again.pdf", b"%PDF"))

    answer(bench, number, Manner(cc=cc, fields={"order": "A-1"}, attached=files, spent_s=300))

    found = ticket(bench, number)
    rows = bench.queue.connection.execute(
        "select name, content_type, size from attachment join blob using (hash)"
    ).fetchall()
    assert (len(found.participants), found.fields, found.spent_s) == (1, (("order", "A-1"),), 300)
    assert rows == [("label.pdf", "application/pdf", 4), ("again.pdf", "application/pdf", 4)]
    assert bench.queue.connection.execute("select count(*) from blob").fetchone() == (1,)


def test_what_others_did_since_the_look_is_told_and_nothing_is_written(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=2))
    seen = {number: ticket(bench, number).revision}
    Bench(bench.queue, "ben").ask_again(number, ago(hours=1), "Found it!")

    with pytest.raises(CameIn) as news:
        reply(bench.writer(), {number: "Sorry"}, Manner(), seen)

    assert [arrival.body for arrival in news.value.arrived] == ["Found it!"]
    assert ticket(bench, number).reply_count == 0


def test_what_the_agent_did_is_no_news_and_neither_is_what_was_undone(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=2))
    seen = {number: ticket(bench, number).revision}
    bench.note(number, ago(hours=1))
    bench.queue.connection.execute("update change set actor = 'ben', taken_back_by = id where verb = 'note'")

    bench.note(number, ago(minutes=5))
    reply(bench.writer(), {number: "Sorry"}, Manner(), seen)

    assert ticket(bench, number).reply_count == 1


def test_a_note_stops_no_clock_and_may_follow_the_end(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=1))
    before = first_response(bench, number)
    note(bench.writer(), {number: "Rang the carrier."}, spent_s=60)
    after = first_response(bench, number)
    close(bench.writer(), [number])

    note(bench.writer(), {number: "Found on the shelf."})

    assert before == after
    assert [message.direction for message in messages_of(bench.queue, number)] == ["in", "note", "note"]


def test_a_ticket_becomes_one_thing_at_a_time() -> None:
    with pytest.raises(UsageError, match="--resolve and --open"):
        then_of(resolves=True, opens=True, waits=False)
