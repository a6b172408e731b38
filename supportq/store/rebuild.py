"""Projections compared with what the histories add up to, and made anew from them, a batch of tickets at a time."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from supportq.model.customer import Customer
from supportq.model.event import Event, in_force
from supportq.sla.deadline import Weights, deadline
from supportq.sla.history import read_history
from supportq.sla.terms import Book
from supportq.store import customers, histories, versions
from supportq.store.projection import HIDE_TICKET, INSERT_CLOCK, PARTS, UPSERT_TICKET
from supportq.store.queue import Queue
from supportq.store.rows import CLOCK_COLUMNS, TICKET_COLUMNS, moments_of_order, row_of_clock, row_of_ticket
from supportq.values import dataclass

BATCH = 1000

NUMBERS = "select id from ticket where id > :after order by id limit :limit"

COUNT = "select count(*) from ticket"

STORED = {
    "ticket": f"select {TICKET_COLUMNS}, due_at, risk_at, order_at, undone from ticket where id in {{ids}}",
    "clock": f"select {CLOCK_COLUMNS} from clock where ticket_id in {{ids}}",
    "ticket_tag": "select ticket_id, tag from ticket_tag where ticket_id in {ids}",
    "ticket_field": "select ticket_id, field, value from ticket_field where ticket_id in {ids}",
    "participant": "select ticket_id, customer_id, role from participant where ticket_id in {ids}",
    "link": "select ticket_id, other_id, kind from link where ticket_id in {ids}",
    "message": "select ticket_id, id from message where undone = 0 and ticket_id in {ids}",
}

MARK_MESSAGES = """
update message
set undone = id not in (select value from json_each(:messages))
where ticket_id in (select value from json_each(:ids))
"""

_IDS = "(select value from json_each(:ids))"

Report = Callable[[int, int], None]
Rows = dict[int, set[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Projected:
    """The rows of one ticket by table; of one that is undone, only that it is."""

    number: int
    rows: dict[str, set[tuple[Any, ...]]]

    @property
    def exists(self) -> bool:
        """Tell whether the ticket counts."""
        return bool(self.rows["ticket"])


def ticket_count(queue: Queue) -> int:
    """Return how many tickets there are, undone ones included."""
    return int(queue.connection.execute(COUNT).fetchone()[0])


def differing(queue: Queue, report: Report) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield tickets whose stored rows are not what their histories add up to, with the tables that differ."""
    done = 0
    for batch in _batches(queue):
        with queue.reading() as connection:
            stored = {table: _stored(connection, table, batch) for table in STORED}
            expected = _projected(connection, batch)
        for entry in expected:
            tables = tuple(table for table in STORED if not _agrees(table, stored[table], entry))
            if tables:
                yield entry.number, tables
        done += len(batch)
        report(done, done)


def rebuild(queue: Queue, report: Report, numbers: Sequence[int] | None = None) -> int:
    """Make the projections of these tickets anew, or of all; return how many tickets that were."""
    done = 0
    for batch in _batches(queue) if numbers is None else _cut(numbers):
        with queue.writing() as connection:
            _write(connection, _projected(connection, batch))
        done += len(batch)
        report(done, done)
    return done


def _batches(queue: Queue) -> Iterator[list[int]]:
    last = 0
    while batch := [row[0] for row in queue.connection.execute(NUMBERS, {"after": last, "limit": BATCH})]:
        yield batch
        last = batch[-1]


def _cut(numbers: Sequence[int]) -> Iterator[list[int]]:
    for start in range(0, len(numbers), BATCH):
        yield list(numbers[start : start + BATCH])


def _stored(connection: sqlite3.Connection, table: str, batch: list[int]) -> Rows:
    found: Rows = {}
    for row in connection.execute(STORED[table].format(ids=_IDS), {"ids": json.dumps(batch)}):
        found.setdefault(row[0], set()).add(tuple(row))
    return found


def _agrees(table: str, stored: Rows, entry: Projected) -> bool:
    found = stored.get(entry.number, set())
    if table == "ticket" and not entry.exists:
        return all(row[-1] == 1 for row in found)
    return found == entry.rows[table]


def _projected(connection: sqlite3.Connection, batch: list[int]) -> list[Projected]:
    book = versions.book_of(connection)
    weights = book.terms(book.latest_id).weights
    found = histories.read_histories(connection, batch)
    owners = customers.customers_of_tickets(connection, batch)
    return [_projection(number, found.get(number, []), book, weights, owners.get(number)) for number in batch]


def _projection(
    number: int, history: Sequence[Event], book: Book, weights: Weights, customer: Customer | None
) -> Projected:
    """Return the rows that a history adds up to; a ticket whose creation was undone has none."""
    folded = read_history(history, book, customer)
    ticket, clocks = folded.ticket, folded.clocks
    if ticket is None:
        return Projected(number, {table: set() for table in STORED})
    place = deadline(ticket, clocks, weights, customer)
    parts = {table: {_part_row(number, item) for item in getattr(ticket, name)} for table, (name, _) in PARTS.items()}
    return Projected(
        number,
        {
            "ticket": {(*row_of_ticket(ticket), *moments_of_order(clocks, place), 0)},
            "clock": {tuple(row_of_clock(clock)) for clock in clocks},
            **parts,
            "message": {(number, event.data["message"]) for event in in_force(history) if "message" in event.data},
        },
    )


def _part_row(number: int, item: Any) -> tuple[Any, ...]:
    return (number, *item) if isinstance(item, tuple) else (number, item)


def _write(connection: sqlite3.Connection, entries: Sequence[Projected]) -> None:
    """Put the rows of these tickets into the place of those that are stored."""
    ids = {"ids": json.dumps([entry.number for entry in entries])}
    connection.executemany(UPSERT_TICKET, [row for entry in entries for row in entry.rows["ticket"]])
    connection.executemany(HIDE_TICKET, [(entry.number,) for entry in entries if not entry.exists])
    for table, statement in _INSERTS.items():
        connection.execute(f"delete from {table} where ticket_id in {_IDS}", ids)
        connection.executemany(statement, [row for entry in entries for row in entry.rows[table]])
    messages = [message for entry in entries for _, message in entry.rows["message"]]
    connection.execute(MARK_MESSAGES, ids | {"messages": json.dumps(messages)})


_INSERTS = {"clock": INSERT_CLOCK} | {table: statement for table, (_, statement) in PARTS.items()}
