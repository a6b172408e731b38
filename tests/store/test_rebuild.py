"""Projections made anew while others write."""

from pathlib import Path

from queues import Bench, a_queue, ago

from supportq.model.event import Kind
from supportq.store.projected import read_tickets
from supportq.store.queue import open_queue
from supportq.store.rebuild import differing, rebuild, refold


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


def test_an_older_queue_learns_how_its_tickets_came_to_be_resolved(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        number = bench.ask("Order 12 not here", ago(hours=2), team="sales")
        bench.reply(number, ago(hours=1))
        bench.record(number, ago(hours=1), Kind.RESOLVED)
        known = bench.queue.connection.execute("select * from course").fetchall()
        bench.queue.connection.execute("delete from course")

        with bench.queue.writing() as connection:
            refold(connection, lambda _rows, _position: None)

        assert bench.queue.connection.execute("select * from course").fetchall() == known
        assert len(known) == 1
