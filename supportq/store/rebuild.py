"""Projections compared with what the histories add up to, and made anew from them, a batch of tickets at a time."""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from supportq.model.delivery import deliveries
from supportq.model.event import Event, in_force
from supportq.model.message import Delivery
from supportq.model.ticket import Ticket
from supportq.sla.deadline import Deadline, deadline
from supportq.sla.history import Folded, read_history
from supportq.sla.terms import Book
from supportq.store import customers, histories, versions
from supportq.store.projection import (
    HIDE_TICKET,
    INSERT_CLOCK,
    INSERT_ENDING,
    PARTS,
    UPSERT_COURSE,
    UPSERT_TICKET,
    part_rows,
)
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
    "ticket": (
        f"select {TICKET_COLUMNS}, due_at, risk_at, order_at, automatic, undone from ticket "
        f"where undone = 0 and id {THESE}"
    ),
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
    "delivery": (
        "select ticket_id, id, iif(delivery = 'sending', 'queued', delivery) from message "
        f"where undone = 0 and delivery <> 'recorded' and ticket_id {THESE}"
    ),
}

MARK_MESSAGES = """
update message
set undone = id not in (select value from json_each(:messages))
where ticket_id in (select value from json_each(:ids))
"""

SET_DELIVERY = """
update message
set delivery = :delivery
where id = :message and delivery is not :delivery and (delivery is not 'sending' or :delivery <> 'queued')
"""
"""That somebody is just sending a mail stands in no history."""

GIVEN_BY_HAND = """
update message
set delivery = 'recorded'
where undone = 0 and delivery <> 'recorded' and ticket_id in (select value from json_each(:ids))
  and id not in (select value from json_each(:messages))
"""

_IDS = "(select value from json_each(:ids))"

Report = Callable[[int, int], None]
Rows = Mapping[str, list[tuple[Any, ...]]]
"""Rows by table, each with the number of its ticket first."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What is to be stored of a batch of tickets, and of those that are stored otherwise, in which tables."""

    rows: Rows
    wrong: Mapping[int, Sequence[str]]


def ticket_count(queue: Queue) -> int:
    """Return how many tickets there are, undone ones included."""
    return int(queue.connection.execute(COUNT).fetchone()[0])


def differing(queue: Queue, report: Report) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield tickets whose stored rows are not what their histories add up to, with the tables that differ."""
    book = versions.book_of(queue.connection)
    for batch in _batches(queue.connection, report):
        with queue.reading() as connection:
            wrong = _compared(connection, batch, book).wrong
        for number in sorted(wrong):
            yield number, tuple(wrong[number])


def rebuild(queue: Queue, report: Report) -> int:
    """Make anew what is stored otherwise than the histories add up to; return of how many tickets that was.

    All are compared without the write lock, so that nobody waits for it; what was written meanwhile is looked at again.
    """
    count = 0
    book = versions.book_of(queue.connection)
    for batch in _batches(queue.connection, report):
        with queue.reading() as connection:
            found, seen = _compared(connection, batch, book), queue.writes_of_others
        if found.wrong:
            with queue.writing() as connection:
                if queue.writes_of_others != seen:
                    found = _compared(connection, batch, book)
                _write(connection, sorted(found.wrong), found.rows)
        count += len(found.wrong)
    return count


def refold(connection: sqlite3.Connection, report: Report) -> None:
    """Make everything anew in the transaction that the caller has begun."""
    book = versions.book_of(connection)
    for batch in _batches(connection, report):
        _write(connection, batch, _projected(connection, batch, book))


def _batches(connection: sqlite3.Connection, report: Report) -> Iterator[list[int]]:
    done = last = 0
    while batch := [row[0] for row in connection.execute(NUMBERS, {"after": last, "limit": BATCH})]:
        yield batch
        last = batch[-1]
        done += len(batch)
        report(done, done)


def _compared(connection: sqlite3.Connection, batch: list[int], book: Book) -> Compared:
    if versions.version_ids(connection) != book.ids:
        book = versions.book_of(connection)
    rows = _projected(connection, batch, book)
    wrong: dict[int, list[str]] = {}
    for table, statement in STORED.items():
        stored = set(connection.execute(statement, {"first": batch[0], "last": batch[-1]}))
        for number in {row[0] for row in stored.symmetric_difference(rows[table])}:
            wrong.setdefault(number, []).append(table)
    return Compared(rows, wrong)


def _projected(connection: sqlite3.Connection, batch: list[int], book: Book) -> Rows:
    """Return the rows that the events in force add up to; a ticket whose creation was undone has none."""
    weights = book.terms(book.latest_id).weights
    found = histories.read_histories(connection, batch)
    people = customers.customers_in(connection, found.values())
    rows: Rows = {table: [] for table in STORED}
    for history in map(in_force, found.values()):
        folded = read_history(history, book, people)
        if folded.ticket is not None:
            place = deadline(folded.ticket, folded.clocks, weights, people.get(folded.ticket.customer_id or 0))
            _add(rows, folded.ticket, folded, place)
            rows["message"] += [
                (event.ticket_id, event.data["message"]) for event in history if "message" in event.data
            ]
            rows["delivery"] += [(folded.ticket.id, *mail) for mail in _mails(history)]
    return rows


def _mails(history: Sequence[Event]) -> Iterator[tuple[int, Delivery]]:
    """Yield the messages that went through the outbox, and how far each has come."""
    found = deliveries(history).items()
    yield from ((message, delivery) for message, delivery in found if delivery is not Delivery.RECORDED)


def _add(rows: Rows, ticket: Ticket, folded: Folded, place: Deadline) -> None:
    clocks = folded.clocks
    rows["ticket"].append((*row_of_ticket(ticket), *moments_of_order(clocks, place), is_automatic(clocks), 0))
    rows["clock"] += map(row_of_clock, clocks)
    rows["course"] += map(row_of_course, filter(None, [folded.course]))
    rows["ending"] += map(row_of_ending, folded.endings)
    for table, (name, _) in PARTS.items():
        rows[table] += part_rows(ticket.id, getattr(ticket, name))


def _write(connection: sqlite3.Connection, tickets: Collection[int], rows: Rows) -> None:
    """Put the rows of these tickets, which may be among others, into the place of those that are stored."""
    wanted = set(tickets)
    rows = {table: [row for row in found if row[0] in wanted] for table, found in rows.items()}
    ids = {"ids": json.dumps(sorted(wanted))}
    connection.executemany(HIDE_TICKET, [(number,) for number in wanted])
    connection.executemany(UPSERT_TICKET, rows["ticket"])
    for table, statement in _INSERTS.items():
        connection.execute(f"delete from {table} where ticket_id in {_IDS}", ids)
        connection.executemany(statement, rows[table])
    messages = [message for _, message in rows["message"]]
    connection.execute(MARK_MESSAGES, ids | {"messages": json.dumps(messages)})
    mails = {message: delivery for _, message, delivery in rows["delivery"]}
    connection.execute(GIVEN_BY_HAND, ids | {"messages": json.dumps([*mails])})
    told = [{"message": message, "delivery": delivery} for message, delivery in mails.items()]
    connection.executemany(SET_DELIVERY, told)


_INSERTS = {"clock": INSERT_CLOCK, "course": UPSERT_COURSE, "ending": INSERT_ENDING} | {
    table: statement for table, (_, statement) in PARTS.items()
}
