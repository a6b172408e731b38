"""Projections made anew while others write."""

from pathlib import Path

from queues import Bench, a_queue, ago

from supportq.model.event import Kind
from supportq.store.projected import read_tickets
from supportq.store.queue import open_queue
from supportq.store.rebuild import differing, rebuild


def test_what_others_write_just_before_the_lock_is_taken_stays(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        number = bench.ask("Order 12 not here", ago(hours=2), team="sales")
        bench.queue.connection.execute("update ticket set line = 3")
        other = Bench(open_queue(bench.queue.path, write=True))
        meanwhile = [lambda: other.record(number, ago(hours=1), Kind.CHANGED, team="technical")]
        bench.queue.connection.set_trace_callback(
            lambda statement: meanwhile.pop()() if statement == "begin immediate" and meanwhile else None
        )

        rebuild(bench.queue, lambda _rows, _position: None)

        ticket = read_tickets(bench.queue, [number])[number]
        assert (ticket.team, ticket.line) == ("technical", 1)
        assert list(differing(bench.queue, lambda _rows, _position: None)) == []
        other.queue.close()
