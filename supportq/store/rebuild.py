"""Projections compared with what the histories add up to, and made anew from them, a batch of tickets at a time."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from supportq.model.event import Event, in_force
from supportq.sla.deadline import Weights, deadline
from supportq.sla.history import read_history
from supportq.sla.reading import People
from supportq.sla.terms import Book
from supportq.store import customers, histories, versions
from supportq.store.projection import HIDE_TICKET, INSERT_CLOCK, INSERT_ENDING, PARTS, UPSERT_COURSE, UPSERT_TICKET
from supportq.store.queue import Queue
from supportq.store.rows import (
    CLOCK_COLUMNS,
    COURSE_COLUMNS,
    ENDING_COLUMNS,
    TICKET_COLUMNS,
    is_automatic,
    moments_of_order,
    row_of_clock,
    row_of_course,
    row_of_ending,
    row_of_ticket,
)
from supportq.values import dataclass

BATCH = 1000

NUMBERS = "select id from ticket where id > :after order by id limit :limit"

THESE = "between :first and :last"

COUNT = "select count(*) from ticket"

STORED = {
    "ticket": f"select {TICKET_COLUMNS}, due_at, risk_at, order_at, automatic, undone from ticket where id {THESE}",
    "clock": f"select {CLOCK_COLUMNS} from clock where ticket_id {THESE}",
    "course": f"select {COURSE_COLUMNS} from course where ticket_id {THESE}",
    "ending": f"select {ENDING_COLUMNS} from ending where ticket_id {THESE}",
    "ticket_tag": f"select ticket_id, tag from ticket_tag where ticket_id {THESE}",
    "ticket_field": (
        f"select ticket_id, field, value from ticket_field where ticket_id {THESE} and key = casefolded(value)"
    ),
    "participant": f"select ticket_id, customer_id, role from participant where ticket_id {THESE}",
    "link": f"select ticket_id, other_id, kind from link where ticket_id {THESE}",
    "message": f"select ticket_id, id from message where undone = 0 and ticket_id {THESE}",
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
    book = versions.book_of(queue.connection)
    for batch in _batches(queue, report):
        with queue.reading() as connection:
            wrong = _wrong(connection, batch, book)
        for entry, tables in wrong:
            yield entry.number, tables


def rebuild(queue: Queue, report: Report) -> int:
    """Make anew what is stored otherwise than the histories add up to; return of how many tickets that was.

    All are compared without the write lock, so that nobody waits for it; what was written meanwhile is looked at again.
    """
    count = 0
    book = versions.book_of(queue.connection)
    for batch in _batches(queue, report):
        with queue.reading() as connection:
            wrong, seen = _wrong(connection, batch, book), queue.writes_of_others
        if wrong:
            with queue.writing() as connection:
                if queue.writes_of_others != seen:
                    wrong = _wrong(connection, batch, book)
                _write(connection, [entry for entry, _ in wrong])
        count += len(wrong)
    return count


def refold(connection: sqlite3.Connection) -> None:
    """Make everything anew in the transaction that the caller has begun."""
    book = versions.book_of(connection)
    for batch in _numbers(connection):
        _write(connection, _projected(connection, batch, book))


def _batches(queue: Queue, report: Report) -> Iterator[list[int]]:
    done = 0
    for batch in _numbers(queue.connection):
        yield batch
        done += len(batch)
        report(done, done)


def _numbers(connection: sqlite3.Connection) -> Iterator[list[int]]:
    last = 0
    while batch := [row[0] for row in connection.execute(NUMBERS, {"after": last, "limit": BATCH})]:
        yield batch
        last = batch[-1]


def _wrong(connection: sqlite3.Connection, batch: list[int], book: Book) -> list[tuple[Projected, tuple[str, ...]]]:
    """Return what tickets should be that are stored otherwise, with the tables that differ."""
    if versions.version_ids(connection) != book.ids:
        book = versions.book_of(connection)
    stored = {table: _stored(connection, table, batch) for table in STORED}
    found = [
        (entry, tuple(table for table in STORED if not _agrees(table, stored[table], entry)))
        for entry in _projected(connection, batch, book)
    ]
    return [(entry, tables) for entry, tables in found if tables]


def _stored(connection: sqlite3.Connection, table: str, batch: list[int]) -> Rows:
    found: Rows = {}
    for row in connection.execute(STORED[table], {"first": batch[0], "last": batch[-1]}):
        found.setdefault(row[0], set()).add(row)
    return found


def _agrees(table: str, stored: Rows, entry: Projected) -> bool:
    found = stored.get(entry.number, set())
    if table == "ticket" and not entry.exists:
        return all(row[-1] == 1 for row in found)
    return found == entry.rows[table]


def _projected(connection: sqlite3.Connection, batch: list[int], book: Book) -> list[Projected]:
    weights = book.terms(book.latest_id).weights
    found = histories.read_histories(connection, batch)
    people = customers.customers_in(connection, found.values())
    counting = {number: in_force(found.get(number, ())) for number in batch}
    return [_projection(number, history, book, weights, people) for number, history in counting.items()]


def _projection(number: int, history: Sequence[Event], book: Book, weights: Weights, people: People) -> Projected:
    """Return the rows that the events in force add up to; a ticket whose creation was undone has none."""
    folded = read_history(history, book, people)
    ticket, clocks = folded.ticket, folded.clocks
    if ticket is None:
        return Projected(number, {table: set() for table in STORED})
    place = deadline(ticket, clocks, weights, people.get(ticket.customer_id or 0))
    parts = {table: {_part_row(number, item) for item in getattr(ticket, name)} for table, (name, _) in PARTS.items()}
    return Projected(
        number,
        {
            "ticket": {(*row_of_ticket(ticket), *moments_of_order(clocks, place), is_automatic(clocks), 0)},
            "clock": {tuple(row_of_clock(clock)) for clock in clocks},
            "course": {row_of_course(folded.course)} if folded.course else set(),
            "ending": {tuple(row_of_ending(ending)) for ending in folded.endings},
            **parts,
            "message": {(number, event.data["message"]) for event in history if "message" in event.data},
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


_INSERTS = {"clock": INSERT_CLOCK, "course": UPSERT_COURSE, "ending": INSERT_ENDING} | {
    table: statement for table, (_, statement) in PARTS.items()
}
