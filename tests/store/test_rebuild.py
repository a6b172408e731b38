"""Projections made anew while others write."""

from pathlib import Path

from queues import Bench, a_queue, ago

from supportq.model.event import Kind
from supportq.store.opening import open_queue
from supportq.store.projected import read_tickets
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


def test_how_far_mails_have_come_follows_from_the_history_and_who_is_sending_one_is_left_alone(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        numbers = [bench.ask("Order 12 not here", ago(hours=3)) for _ in range(3)]
        sent, sending = bench.write(numbers[0], ago(hours=2), outcome=Kind.SENT), bench.write(numbers[1], ago(hours=2))
        bench.reply(numbers[2], ago(hours=2))
        bench.queue.connection.execute("update message set delivery = 'queued' where direction = 'out'")
        bench.queue.connection.execute("update message set delivery = 'sending' where id = ?", [sending])
        bench.queue.connection.execute("update ticket set line = 3")

        wrong = dict(differing(bench.queue, lambda _rows, _position: None))
        rebuild(bench.queue, lambda _rows, _position: None)

        assert [number for number in numbers if "delivery" in wrong[number]] == [numbers[0], numbers[2]]
        found = bench.queue.connection.execute("select id, delivery from message where direction = 'out' order by id")
        assert dict(found.fetchall()) == {sent: "sent", sending: "sending", sending + 1: "recorded"}
