"""Histories: the events of tickets and of changes, in recorded order."""

import json
import sqlite3
from collections.abc import Sequence

from supportq.model.event import Event
from supportq.store.rows import EVENT_COLUMNS, event_from_row

EVENTS_OF_TICKETS = f"""
select {EVENT_COLUMNS}
from event
where ticket_id in (select value from json_each(:tickets))
order by id
"""

TICKETS_OF_CHANGES = """
select ticket_id, json_group_array(distinct change_id)
from event
where change_id in (select value from json_each(:changes))
group by ticket_id
order by ticket_id
"""

TICKET_COUNT = """
select count(distinct ticket_id)
from event
where change_id in (select value from json_each(:changes))
"""


def read_histories(connection: sqlite3.Connection, tickets: Sequence[int]) -> dict[int, list[Event]]:
    """Return the events of each of these tickets that exists, in recorded order."""
    histories: dict[int, list[Event]] = {}
    for row in connection.execute(EVENTS_OF_TICKETS, {"tickets": json.dumps(list(tickets))}):
        event = event_from_row(row)
        histories.setdefault(event.ticket_id, []).append(event)
    return histories


def tickets_of_changes(connection: sqlite3.Connection, changes: Sequence[int]) -> list[tuple[int, list[int]]]:
    """Return the tickets that these changes touched, each with those that touched it."""
    found = connection.execute(TICKETS_OF_CHANGES, {"changes": json.dumps(changes)})
    return [(ticket, json.loads(numbers)) for ticket, numbers in found]


def ticket_count(connection: sqlite3.Connection, changes: Sequence[int]) -> int:
    """Return how many tickets these changes touched."""
    count: int = connection.execute(TICKET_COUNT, {"changes": json.dumps(changes)}).fetchone()[0]
    return count
