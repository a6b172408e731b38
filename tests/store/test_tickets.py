"""Which tickets are meant, in which order, and how they are counted."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest
from queues import NOW, Bench, ago

from supportq.errors import UnknownWord
from supportq.model.event import Kind
from supportq.model.filter import Filter, Lexicon, parse_filter
from supportq.model.ticket import Status
from supportq.store.listing import list_rows
from supportq.store.search import search_rows
from supportq.store.tickets import count, count_by, ids_of, next_candidates
from supportq.when import format_stamp

EVERYTHING = Filter()
TOMORROW = format_stamp(NOW + timedelta(days=1))


def criteria(words: str) -> Filter:
    return parse_filter(words, Lexicon(NOW, me="ann"), text=True)


def test_tickets_come_in_the_order_of_work(bench: Bench) -> None:
    relaxed, old, pressing = (
        bench.ask("a", ago(minutes=5)),
        bench.ask("b", ago(minutes=90)),
        bench.ask("c", ago(minutes=10), priority="urgent"),
    )

    assert ids_of(bench.queue, EVERYTHING, now=NOW) == [pressing, old, relaxed]
    assert ids_of(bench.queue, EVERYTHING, now=NOW, limit=2) == [pressing, old]


def test_next_passes_over_what_is_not_for_us_to_do_now(bench: Bench) -> None:
    wanted, sleeping, waiting, resolved, awake = (bench.ask("a", ago(hours=9 - hour)) for hour in range(5))
    bench.record(sleeping, ago(hours=1), Kind.WAITED, wake_at=TOMORROW)
    bench.record(waiting, ago(hours=1), Kind.QUEUED, message=waiting)
    bench.record(resolved, ago(hours=1), Kind.RESOLVED, closes_at=TOMORROW)
    bench.record(awake, ago(hours=2), Kind.WAITED, wake_at=format_stamp(ago(hours=1)), status=Status.PENDING)

    assert next_candidates(bench.queue, EVERYTHING, now=NOW, limit=9) == [wanted, awake]


def test_a_ticket_of_which_the_customer_owes_the_rest_is_not_next(bench: Bench) -> None:
    bench.reply(bench.ask("a", ago(hours=1)), ago(minutes=5))

    assert next_candidates(bench.queue, EVERYTHING, now=NOW, limit=9) == []


def test_a_ticket_counts_under_each_of_its_tags_and_under_none_without(bench: Bench) -> None:
    bench.ask("a", ago(hours=1), tags_added=["vip", "late"])
    bench.ask("b", ago(hours=1), tags_added=["vip"])
    bench.ask("c", ago(hours=1))

    assert count_by(bench.queue, EVERYTHING, "tag", now=NOW) == [("vip", 2), (None, 1), ("late", 1)]


def test_counts_by_status_are_as_of_now(bench: Bench) -> None:
    sleeping, _new = bench.ask("a", ago(hours=3)), bench.ask("b", ago(hours=3))
    bench.record(sleeping, ago(hours=2), Kind.WAITED, wake_at=format_stamp(NOW), status=Status.ON_HOLD)

    assert count_by(bench.queue, EVERYTHING, "status", now=ago(seconds=1)) == [("new", 1), ("on_hold", 1)]
    assert count_by(bench.queue, EVERYTHING, "status", now=NOW) == [("new", 1), ("open", 1)]


@pytest.mark.parametrize("key", ["priority", "customer", "organisation", "sla", "line", "rating"])
def test_counts_by_any_key_add_up(bench: Bench, key: str) -> None:
    for hours in range(1, 4):
        bench.ask("a", ago(hours=hours))

    assert sum(number for _, number in count_by(bench.queue, EVERYTHING, key, now=NOW)) == 3


def test_an_unknown_key_to_count_by_names_those_that_are_known(bench: Bench) -> None:
    with pytest.raises(UnknownWord, match='no key to count by "teem"') as refused:
        count_by(bench.queue, EVERYTHING, "teem", now=NOW)

    assert "did you mean team?" in refused.value.cures[0]


ACTIVE_FIRST = "SCAN ticket USING COVERING INDEX ticket_order"
FEW_IN_DOUBT = "SEARCH message USING INDEX message_waiting (delivery=?)"
"""What may be sorted, since it is hardly ever there."""


@pytest.mark.parametrize("words", ["status:active", "status:open", "status:new,open agent:me team:sales sla:late"])
@pytest.mark.parametrize(
    "look",
    [
        lambda queue, meant: ids_of(queue, meant, now=NOW, limit=20),
        lambda queue, meant: next_candidates(queue, meant, now=NOW, limit=1),
        lambda queue, meant: list(list_rows(queue, meant, now=NOW, limit=20)),
        lambda queue, meant: count(queue, meant, now=NOW),
    ],
)
def test_the_top_of_the_list_is_read_from_an_index(bench: Bench, words: str, look: Callable[..., object]) -> None:
    steps = plan(bench, lambda: look(bench.queue, criteria(words)))

    assert ACTIVE_FIRST in steps
    assert {before for before, step in pairwise(steps) if step == "USE TEMP B-TREE FOR ORDER BY"} <= {FEW_IN_DOUBT}


def test_the_newest_hits_of_a_search_are_read_from_the_end_of_its_index(bench: Bench) -> None:
    steps = plan(bench, lambda: list(search_rows(bench.queue, criteria("lost team:sales"), now=NOW)))

    assert steps[0].startswith("SCAN search VIRTUAL TABLE")
    assert "USE TEMP B-TREE FOR ORDER BY" not in steps


def plan(bench: Bench, look: Callable[[], object]) -> list[str]:
    """Return how SQLite goes about our one statement; those that its search index runs are shorter."""
    statements: list[str] = []
    bench.queue.connection.set_trace_callback(statements.append)
    look()
    bench.queue.connection.set_trace_callback(None)
    statement = max(statements, key=len)
    return [row[3] for row in bench.queue.connection.execute(f"explain query plan {statement}")]
