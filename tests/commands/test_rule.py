"""Rules looked at and tried out."""

from pathlib import Path

import pytest
from queues import SETTINGS, a_queue, ago
from running import run

RULES = """
[[rules]]
name = "Smoke"
when = "text:smoke"
team = "technical"
priority = "urgent"
tags = ["fire", "loom"]

[[rules]]
name = "Orders"
when = "text:order*,yarn"
category = "order"
stop = true
"""


@pytest.fixture
def queue(tmp_path: Path) -> Path:
    with a_queue(tmp_path, SETTINGS + RULES) as bench:
        bench.ask("Order 12 not here", ago(days=9))
        bench.ask("Loom", ago(days=2), body="Smoke comes out", team="sales")
        bench.ask("Hello", ago(hours=1), body="Are you open?")
        return bench.queue.path


def test_rules_are_listed_in_their_order_with_what_they_do(queue: Path) -> None:
    rows = run("rule", "list", "--no-header", queue=queue).out.splitlines()

    assert rows == [
        "1\tSmoke\tteam technical,priority urgent,tags fire loom\ttext:smoke",
        "2\tOrders\tcategory order,stop\ttext:order*,yarn",
    ]


def test_trying_rules_shows_what_they_would_do_and_changes_nothing(queue: Path) -> None:
    before = queue.read_bytes()

    tried = run("rule", "test", "-c", "id,rule,does", "-s", "id", "--no-header", queue=queue)

    assert tried.out == "1\tOrders\tcategory order\n2\tSmoke\tpriority urgent,+fire +loom\n"
    assert tried.err == "3 tickets tried, 1 without a rule that matches; nothing was changed.\n"
    assert queue.read_bytes() == before


def test_rules_are_tried_on_what_came_in_since_a_moment(queue: Path) -> None:
    assert "2 tickets tried" in run("rule", "test", "--since", "3d", queue=queue).err


def test_a_rule_whose_work_was_done_has_nothing_new_to_do(queue: Path) -> None:
    run("set", "1", "category=order", queue=queue)

    assert run("rule", "test", "1", "-c", "does", "--no-header", queue=queue).out == "nothing new\n"
