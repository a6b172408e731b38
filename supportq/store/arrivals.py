"""What others did on a ticket since an agent looked at it."""

import sqlite3

from supportq.model.event import Event
from supportq.store.rows import EVENT_COLUMNS, event_from_row
from supportq.values import dataclass

ARRIVALS = f"""
select {", ".join(f"event.{column}" for column in EVENT_COLUMNS.split(", "))}, coalesce(message.body, '')
from event
join change on change.id = event.change_id
left join message on message.id = event.data ->> 'message'
where event.ticket_id = :ticket and event.id > :since
  and event.kind not in ('undone', 'redone', 'sent') and change.taken_back_by is null
  and (change.actor <> :me or change.verb in ('import', 'fetch', 'deliver'))
order by event.id
"""


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something that somebody else did, and what they said where they said something."""

    event: Event
    body: str


def arrivals(connection: sqlite3.Connection, ticket: int, *, since: int, me: str) -> list[Arrival]:
    """Return what happened after a revision, but for what this agent did.

    What came in is news even to who took it in.
    """
    rows = connection.execute(ARRIVALS, {"ticket": ticket, "since": since, "me": me})
    return [Arrival(event_from_row(row), row[-1]) for row in rows]
