"""Projections: ticket rows, clocks and search entries, written from what the histories add up to."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from supportq.model.customer import Customer
from supportq.model.delivery import AFTER, deliveries
from supportq.model.event import Event, Kind, in_force
from supportq.model.ticket import Ticket
from supportq.sla.deadline import Weights, deadline
from supportq.sla.history import Folded
from supportq.store.gather import Gathered
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

_TICKET_NAMES = [*TICKET_COLUMNS.split(", "), "due_at", "risk_at", "order_at", "automatic", "undone"]

UPSERT_TICKET = f"""
insert into ticket ({", ".join(_TICKET_NAMES)})
values ({", ".join("?" * len(_TICKET_NAMES))})
on conflict (id) do update set {", ".join(f"{name} = excluded.{name}" for name in _TICKET_NAMES[1:])}
"""

HIDE_TICKET = "update ticket set undone = 1 where id = ?"

INSERT_CLOCK = f"insert into clock ({CLOCK_COLUMNS}) values ({', '.join('?' * len(CLOCK_COLUMNS.split(', ')))})"

INSERT_ENDING = f"insert into ending ({ENDING_COLUMNS}) values ({', '.join('?' * len(ENDING_COLUMNS.split(', ')))})"

UPSERT_COURSE = f"""
insert or replace into course ({COURSE_COLUMNS}) values ({", ".join("?" * len(COURSE_COLUMNS.split(", ")))})
"""

DELETE_COURSE = "delete from course where ticket_id = ?"

INSERT_FIELD = """
insert into ticket_field (ticket_id, field, value, key)
select column1, column2, column3, casefolded(column3)
from (values (?, ?, ?))
"""

PARTS = {
    "ticket_tag": ("tags", "insert into ticket_tag (ticket_id, tag) values (?, ?)"),
    "ticket_field": ("fields", INSERT_FIELD),
    "participant": ("participants", "insert into participant (ticket_id, customer_id, role) values (?, ?, ?)"),
    "link": ("links", "insert into link (ticket_id, other_id, kind) values (?, ?, ?)"),
}

ADD_TO_SEARCH = """
insert into search (rowid, subject, body)
select id, subject, body
from search_source
where id in (select value from json_each(:messages))
"""

TAKE_FROM_SEARCH = """
insert into search (search, rowid, subject, body)
select 'delete', id, subject, body
from search_source
where id in (select value from json_each(:messages))
"""

SET_DELIVERY = "update message set delivery = ? where id = ?"

MARK_MESSAGES = "update message set undone = :undone where id in (select value from json_each(:messages))"


@dataclass(frozen=True, slots=True)
class Refolded:
    """A ticket before and after a change; the first `known` events of its history are older than the change."""

    number: int
    before: Folded
    after: Folded
    history: Sequence[Event]
    known: int
    customer: Customer | None


def write(
    connection: sqlite3.Connection, changed: Sequence[Refolded], weights: Weights, gathered: Gathered | None = None
) -> None:
    """Store what the histories add up to, together with the new rows that they come from."""
    stale, fresh = _search_entries(changed)
    _run(connection, TAKE_FROM_SEARCH, stale)
    if gathered is not None:
        gathered.write_roots(connection)
    connection.executemany(UPSERT_TICKET, [_ticket_row(entry, weights) for entry in changed if entry.after.ticket])
    connection.executemany(HIDE_TICKET, [(entry.number,) for entry in changed if entry.after.ticket is None])
    if gathered is not None:
        gathered.write_leaves(connection)
    _write_parts(connection, changed)
    _write_clocks(connection, changed)
    _write_courses(connection, changed)
    _write_endings(connection, changed)
    if any(entry.known and entry.history[-1].kind in _ABOUT_CHANGES for entry in changed):
        _run(connection, MARK_MESSAGES, stale - fresh, undone=1)
        _run(connection, MARK_MESSAGES, fresh - stale, undone=0)
    _write_deliveries(connection, changed)
    _run(connection, ADD_TO_SEARCH, fresh)


def _run(connection: sqlite3.Connection, statement: str, messages: Iterable[int], **parameters: int) -> None:
    wanted = sorted(messages)
    if wanted:
        connection.execute(statement, {"messages": json.dumps(wanted), **parameters})


def _search_entries(changed: Sequence[Refolded]) -> tuple[set[int], set[int]]:
    """Return the messages whose search entries must go, as they stood, and those that must be added anew."""
    stale: set[int] = set()
    fresh: set[int] = set()
    for entry in changed:
        before = _indexed(entry.history[: entry.known], entry.before.ticket) if entry.known else {}
        after = _indexed(entry.history, entry.after.ticket)
        stale.update(message for message, subject in before.items() if after.get(message, _ABSENT) != subject)
        fresh.update(message for message, subject in after.items() if before.get(message, _ABSENT) != subject)
    return stale, fresh


def _indexed(history: Sequence[Event], ticket: Ticket | None) -> dict[int, int | None]:
    """Return the messages in force, each with the row of the subject that is searched with it."""
    if ticket is None:
        return {}
    messages = [event.data["message"] for event in in_force(history) if event.kind in _SAYS]
    return {number: ticket.subject_id if number == ticket.first_message_id else None for number in messages}


def _ticket_row(entry: Refolded, weights: Weights) -> tuple[Any, ...]:
    ticket, clocks = entry.after.ticket, entry.after.clocks
    if ticket is None:
        raise ValueError("a ticket that does not exist has no row")
    place = deadline(ticket, clocks, weights, entry.customer)
    return (*row_of_ticket(ticket), *moments_of_order(clocks, place), is_automatic(clocks), 0)


def _write_parts(connection: sqlite3.Connection, changed: Sequence[Refolded]) -> None:
    for table, (name, statement) in PARTS.items():
        moved = [(entry.number, _part(entry.before, name), _part(entry.after, name)) for entry in changed]
        gone = [(number,) for number, before, after in moved if before and before != after]
        rows = [row for number, before, after in moved if before != after for row in part_rows(number, after)]
        if gone:
            connection.executemany(f"delete from {table} where ticket_id = ?", gone)
        if rows:
            connection.executemany(statement, rows)


def _part(folded: Folded, name: str) -> tuple[Any, ...]:
    part: tuple[Any, ...] = () if folded.ticket is None else getattr(folded.ticket, name)
    return part


def part_rows(number: int, part: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a part of a ticket: its tags, its fields, its participants or its links."""
    for item in part:
        yield (number, *item) if isinstance(item, tuple) else (number, item)


def _write_clocks(connection: sqlite3.Connection, changed: Sequence[Refolded]) -> None:
    moved = [entry for entry in changed if entry.before.clocks != entry.after.clocks]
    connection.executemany(
        "delete from clock where ticket_id = ?", [(entry.number,) for entry in moved if entry.before.clocks]
    )
    connection.executemany(INSERT_CLOCK, [row_of_clock(clock) for entry in moved for clock in entry.after.clocks])


def _write_courses(connection: sqlite3.Connection, changed: Sequence[Refolded]) -> None:
    moved = [(entry.number, entry.after.course) for entry in changed if entry.before.course != entry.after.course]
    connection.executemany(UPSERT_COURSE, [row_of_course(course) for _, course in moved if course])
    connection.executemany(DELETE_COURSE, [(number,) for number, course in moved if course is None])


def _write_endings(connection: sqlite3.Connection, changed: Sequence[Refolded]) -> None:
    moved = [entry for entry in changed if entry.before.endings != entry.after.endings]
    connection.executemany(
        "delete from ending where ticket_id = ?", [(entry.number,) for entry in moved if entry.before.endings]
    )
    connection.executemany(INSERT_ENDING, [row_of_ending(ending) for entry in moved for ending in entry.after.endings])


def _write_deliveries(connection: sqlite3.Connection, changed: Sequence[Refolded]) -> None:
    for entry in changed:
        news = entry.history[entry.known :]
        if any(event.kind in _MOVES_MESSAGES for event in news):
            before = deliveries(in_force(entry.history[: entry.known]))
            after = deliveries(in_force(entry.history))
            moved = deliveries(news).keys() | {
                message for message, way in after.items() if way is not before.get(message)
            }
            connection.executemany(SET_DELIVERY, [(after[message].value, message) for message in moved & after.keys()])


_ABSENT = -1
_ABOUT_CHANGES = frozenset({Kind.UNDONE, Kind.REDONE})
_MOVES_MESSAGES = _ABOUT_CHANGES | (AFTER.keys() - {Kind.REPLIED})
_SAYS = frozenset({Kind.ASKED, Kind.REPLIED, Kind.QUEUED, Kind.ACKNOWLEDGED, Kind.NOTIFIED, Kind.NOTED})
