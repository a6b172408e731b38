"""What is projected, as values again: tickets with all their parts, and their clocks."""

import json
from collections.abc import Iterable
from typing import Any

from supportq.model.clock import Clock
from supportq.model.ticket import Ticket
from supportq.store.queue import Queue
from supportq.store.rows import CLOCK_COLUMNS, TICKET_COLUMNS, clock_from_row, ticket_from_row

TICKETS = f"""
select {TICKET_COLUMNS}
from ticket
where undone = 0 and id in (select value from json_each(:ids))
"""

PARTS = {
    "tags": "select ticket_id, tag from ticket_tag where {these} order by ticket_id, tag",
    "fields": "select ticket_id, field, value from ticket_field where {these} order by ticket_id, field",
    "participants": (
        "select ticket_id, customer_id, role from participant where {these} order by ticket_id, customer_id, role"
    ),
    "links": "select ticket_id, other_id, kind from link where {these} order by ticket_id, other_id, kind",
}

CLOCKS = f"""
select {CLOCK_COLUMNS}
from clock
where ticket_id in (select value from json_each(:ids))
order by ticket_id, started_at, kind, ordinal
"""


def read_tickets(queue: Queue, ids: Iterable[int]) -> dict[int, Ticket]:
    """Return those of these tickets that are there, each with all its parts."""
    wanted = {"ids": json.dumps(list(ids))}
    parts = {name: _part(queue, name, wanted) for name in PARTS}
    rows = queue.connection.execute(TICKETS, wanted)
    return {
        row[0]: ticket_from_row(row, **{name: tuple(found.get(row[0], ())) for name, found in parts.items()})
        for row in rows
    }


def _part(queue: Queue, name: str, wanted: dict[str, str]) -> dict[int, list[Any]]:
    """Return one part of the tickets; where an item is a single value, it stands alone."""
    found: dict[int, list[Any]] = {}
    statement = PARTS[name].format(these="ticket_id in (select value from json_each(:ids))")
    for number, *item in queue.connection.execute(statement, wanted):
        found.setdefault(number, []).append(tuple(item) if len(item) > 1 else item[0])
    return found


def read_clocks(queue: Queue, ids: Iterable[int]) -> dict[int, tuple[Clock, ...]]:
    """Return the clocks of each of these tickets in the order in which they started."""
    wanted = list(ids)
    found: dict[int, list[Clock]] = {number: [] for number in wanted}
    for row in queue.connection.execute(CLOCKS, {"ids": json.dumps(wanted)}):
        found[row[0]].append(clock_from_row(row))
    return {number: tuple(clocks) for number, clocks in found.items()}
