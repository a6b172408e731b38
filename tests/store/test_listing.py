"""The rows of the list of tickets."""

from datetime import timedelta

import pytest
from queues import NOW, Bench, ago

from supportq.errors import UnknownWord
from supportq.model.event import Kind
from supportq.model.filter import Filter
from supportq.model.table import Cell
from supportq.model.ticket import Priority, Status
from supportq.store.listing import TICKET_LIST, list_rows
from supportq.when import format_stamp


def rows(bench: Bench, sort: tuple[str, bool] | None = None) -> list[dict[str, Cell]]:
    keys = [column.key for column in TICKET_LIST]
    return [dict(zip(keys, row, strict=True)) for row in list_rows(bench.queue, Filter(), now=NOW, sort=sort)]


def test_a_row_says_what_the_desk_knows_as_of_now(bench: Bench) -> None:
    number = bench.ask("Order 12", ago(hours=3), who="Ida Berg <ida@example.com>", tags_added=["vip", "late"])
    bench.record(number, ago(hours=1), Kind.WAITED, status=Status.PENDING, wake_at=format_stamp(ago(minutes=1)))

    (row,) = rows(bench)

    assert (row["subject"], row["customer"], row["tags"]) == ("Order 12", "Ida Berg", ("late", "vip"))
    assert (row["status"], row["priority"], row["sla"]) == (Status.OPEN, Priority.NORMAL, "late")
    assert (row["age"], row["idle"], row["created"]) == (3 * 3600, 3600, "2026-11-20T12:00:00Z")
    assert (row["due"], row["team"], row["rating"]) == ("2026-11-20T14:00:00Z", None, None)


def test_a_customer_without_a_name_is_called_by_an_address(bench: Bench) -> None:
    bench.ask("a", ago(hours=1), who="+49 30 1234567")

    assert rows(bench)[0]["customer"] == "+49 30 1234567"


def test_a_desk_without_tags_has_empty_lists_of_them(bench: Bench) -> None:
    bench.ask("a", ago(hours=1))

    assert rows(bench)[0]["tags"] == ()


def test_what_is_to_do_comes_in_the_order_of_work_and_then_what_is_done_newest_first(bench: Bench) -> None:
    numbers = [bench.ask(subject, ago(hours=hours)) for hours, subject in ((9, "a"), (1, "b"), (5, "c"), (7, "d"))]
    for done in (numbers[0], numbers[3]):
        bench.record(done, ago(minutes=1), Kind.RESOLVED)

    assert [row["id"] for row in rows(bench)] == [numbers[2], numbers[1], numbers[3], numbers[0]]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (("team", False), [2, 3, 1]),
        (("team", True), [3, 2, 1]),
        (("priority", False), [1, 3, 2]),
        (("priority", True), [2, 3, 1]),
        (("subject", False), [1, 2, 3]),
        (("status", False), [1, 2, 3]),
        (("due", True), [1, 2, 3]),
    ],
)
def test_absent_cells_come_last_and_closed_sets_in_their_own_order(
    bench: Bench, sort: tuple[str, bool], expected: list[int]
) -> None:
    bench.ask("a", ago(hours=1), priority="low")
    bench.ask("B", ago(hours=2), priority="urgent", team="sales")
    bench.ask("c", ago(hours=3), priority="high", team="technical")
    bench.record(2, ago(minutes=1), Kind.RESOLVED, closes_at=format_stamp(NOW + timedelta(days=1)))
    bench.record(3, ago(minutes=1), Kind.RESOLVED, closes_at=format_stamp(ago(seconds=1)))
    bench.record(3, ago(seconds=1), Kind.REOPENED)
    bench.record(3, NOW, Kind.CLOSED)

    assert [row["id"] for row in rows(bench, sort)] == expected


def test_only_what_is_asked_for_is_read(bench: Bench) -> None:
    bench.ask("a", ago(hours=1), tags_added=["vip"])

    (row,) = list_rows(bench.queue, Filter(), now=NOW, only=("id", "subject"))

    assert [cell for cell in row if cell not in (None, ())] == [1, "a"]


def test_an_unknown_column_to_sort_by_is_refused(bench: Bench) -> None:
    with pytest.raises(UnknownWord, match='no column "creatd"'):
        rows(bench, ("creatd", False))
