from datetime import UTC, datetime
from pathlib import Path

from queues import a_queue
from running import run


def test_a_count_is_a_number(friday: Path) -> None:
    assert run("count", "team:sales", queue=friday).out == "3\n"
    assert run("count", "team:sales", "-f", "jsonl", queue=friday).out == '{"tickets": 3}\n'


def test_counts_by_a_key_add_up(friday: Path) -> None:
    assert run("count", "--by", "team", queue=friday).out == "team\ttickets\nsales\t3\n\t1\ntechnical\t1\n"
    assert run("count", "--by", "tam", queue=friday).code == 2


def test_tickets_are_counted_by_the_local_day_or_month_in_which_they_came_in(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        bench.ask("Old", datetime(2026, 10, 31, 22, 30, tzinfo=UTC))
        bench.ask("New", datetime(2026, 10, 31, 23, 30, tzinfo=UTC))
        queue = bench.queue.path

    assert run("count", "--by", "month", queue=queue).out == "month\ttickets\n2026-10\t1\n2026-11\t1\n"
    assert run("count", "--by", "week", queue=queue).out == "week\ttickets\n2026-W44\t2\n"
