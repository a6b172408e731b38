"""What is stored of tickets, against what their histories add up to."""

from deeds import CURES, PROMISES, WORK, History, a_worked_desk, histories_of
from hypothesis import HealthCheck, given, settings
from queues import NOW, Bench, ago

from supportq.model.delivery import deliveries
from supportq.model.event import Kind, in_force
from supportq.model.filter import Lexicon, parse_filter
from supportq.sla.history import Folded, read_history
from supportq.store import customers, histories, versions
from supportq.store.projected import read_clocks, read_tickets
from supportq.store.projection import ADD_TO_SEARCH
from supportq.store.tickets import ids_of
from supportq.work.undo import redo, undo

EVERY_TICKET = range(1, 40)

COMPARE_SEARCH_WITH_MESSAGES = "insert into search (search, rank) values ('integrity-check', 1)"

IN_SEARCH_AND_IN_FORCE = """
select (select group_concat(id) from search_docsize), (select group_concat(id) from message where undone = 0)
"""


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(histories_of(WORK | CURES | PROMISES))
def test_tickets_clocks_and_search_are_what_the_histories_add_up_to(history: History) -> None:
    with a_worked_desk(history) as bench:
        expected = folded(bench)
        there = {number: result for number, result in expected.items() if result.ticket is not None}

        assert read_tickets(bench.queue, EVERY_TICKET) == {n: result.ticket for n, result in there.items()}
        assert {n: set(clocks) for n, clocks in read_clocks(bench.queue, expected).items()} == {
            n: set(result.clocks) for n, result in expected.items()
        }
        check_search(bench)
        check_deliveries(bench)


def folded(bench: Bench) -> dict[int, Folded]:
    connection = bench.queue.connection
    book = versions.book_of(connection)
    found = histories.read_histories(connection, EVERY_TICKET)
    people = customers.customers_in(connection, found.values())
    return {number: read_history(history, book, people) for number, history in found.items()}


def check_search(bench: Bench) -> None:
    """Assert that the index holds the words of the messages that count, and of no other."""
    bench.queue.connection.execute(COMPARE_SEARCH_WITH_MESSAGES)
    searched, in_force = bench.queue.connection.execute(IN_SEARCH_AND_IN_FORCE).fetchone()
    assert searched == in_force


def check_deliveries(bench: Bench) -> None:
    """Assert that each reply that went through the outbox is as far as its history says."""
    connection = bench.queue.connection
    stored = dict(connection.execute("select id, delivery from message"))
    for history in histories.read_histories(connection, EVERY_TICKET).values():
        queued = {event.data["message"] for event in in_force(history) if event.kind is Kind.QUEUED}
        expected = {message: way for message, way in deliveries(in_force(history)).items() if message in queued}
        assert expected == {message: stored[message] for message in expected}


def found(bench: Bench, words: str) -> list[int]:
    return ids_of(bench.queue, parse_filter(words, Lexicon(NOW), text=True), now=NOW)


def rename(bench: Bench, number: int, subject: str) -> None:
    with bench.writer().change("set") as change:
        change.record(number, Kind.CHANGED, subject=change.text("subject", subject))
        change.store()


def test_a_ticket_is_found_by_the_subject_it_has_now(bench: Bench) -> None:
    number = bench.ask("Parcel", ago(hours=2), body="Hello")

    rename(bench, number, "Refund")

    assert (found(bench, "subject:parcel"), found(bench, "subject:refund hello")) == ([], [number])
    check_search(bench)


def test_what_was_undone_is_not_found_until_it_is_put_back(bench: Bench) -> None:
    number = bench.ask("Parcel", ago(hours=2), body="Hello")
    bench.note(number, ago(hours=1), "the carrier")
    rename(bench, number, "Refund")

    undo(bench.writer())
    undo(bench.writer())
    assert [found(bench, word) for word in ("parcel", "refund", "carrier")] == [[number], [], []]

    redo(bench.writer())
    redo(bench.writer())
    assert [found(bench, word) for word in ("parcel", "refund", "carrier")] == [[], [number], [number]]
    check_search(bench)


def test_an_undone_ticket_is_gone_and_comes_back_whole(bench: Bench) -> None:
    number = bench.ask("Parcel", ago(hours=2), tags_added=["vip"], fields={"order": "A-17"})
    before = read_tickets(bench.queue, [number])[number]

    undo(bench.writer())
    assert (read_tickets(bench.queue, [number]), found(bench, "parcel")) == ({}, [])

    redo(bench.writer())
    after = read_tickets(bench.queue, [number])[number]
    assert (after.tags, after.fields, after.first_message_id) == (before.tags, before.fields, before.first_message_id)
    assert found(bench, "parcel tag:vip field.order:a-17") == [number]


def test_one_more_ticket_costs_the_index_no_look_at_the_others(bench: Bench) -> None:
    plan = bench.queue.connection.execute(f"explain query plan {ADD_TO_SEARCH}", {"messages": "[1]"}).fetchall()

    assert [step[3] for step in plan if step[3].startswith("SCAN")] == ["SCAN json_each VIRTUAL TABLE INDEX 1:"]
