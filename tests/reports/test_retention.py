"""Customers who came back to buy, by whether promises to them were kept."""

from pathlib import Path

import pytest
from queues import NOW, SETTINGS, Bench, a_queue, ago
from reports.asked import rows_of

from supportq.reports import Question
from supportq.reports.retention import build
from supportq.work.resolve import resolve

ASKED = f'{SETTINGS}\n[retention]\nfield = "order"\nwithin_days = 20\n'


def settled(bench: Bench, who: str, order: str, *, late: bool = False) -> None:
    """Resolve a ticket about an order 29 days ago, with all promises kept, or one of them missed."""
    number = bench.ask("Loom", ago(days=32 if late else 30), who=who, fields={"order": order})
    bench.reply(number, ago(days=29.98) if not late else ago(days=29.5))
    resolve(bench.writer(ago(days=29)), [number])


def came_back(bench: Bench) -> dict[str, tuple[int, int]]:
    rows = rows_of(build(bench.queue, Question(ago(days=30), NOW, NOW, NOW.tzinfo)))  # type: ignore[arg-type]
    return {row["promise"]: (row["back"], row["n"]) for row in rows}


@pytest.mark.parametrize(
    ("days", "order", "is_back"), [(20, "A-2", True), (20, "a-1", False), (20, None, False), (8.5, "A-2", False)]
)
def test_another_order_in_time_brings_a_customer_back(
    tmp_path: Path,
    days: float,
    order: str | None,
    is_back: bool,  # noqa: FBT001
) -> None:
    with a_queue(tmp_path, ASKED) as bench:
        settled(bench, "ida@example.com", "A-1")
        bench.ask("Hooks", ago(days=days), who="ida@example.com", fields={"order": order} if order else {})

        assert came_back(bench) == {"kept": (int(is_back), 1), "missed": (0, 0)}


def test_customers_of_broken_promises_are_counted_apart(tmp_path: Path) -> None:
    with a_queue(tmp_path, ASKED) as bench:
        settled(bench, "ida@example.com", "A-1", late=True)
        settled(bench, "bo@example.com", "A-5")
        bench.ask("Hooks", ago(days=25), who="bo@example.com", fields={"order": "A-6"})

        assert came_back(bench) == {"kept": (1, 1), "missed": (0, 1)}


def test_without_a_field_that_shows_it_nobody_is_counted(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        settled(bench, "ida@example.com", "A-1")
        table = build(bench.queue, Question(ago(days=30), NOW, NOW, NOW.tzinfo))  # type: ignore[arg-type]

    assert [row["n"] for row in rows_of(table)] == [0, 0]
    assert "config set retention.field" in table.caption
