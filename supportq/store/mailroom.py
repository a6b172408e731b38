"""What a queue knows of mail: the Message-IDs that it holds, the key that signs ours, and which tickets there are."""

import json
import sqlite3
from collections.abc import Iterable

from supportq.mail.mbox import message_named
from supportq.model.message import Direction
from supportq.store.desk import queue_id
from supportq.values import dataclass

NAMED = """
select message.external_id, message.ticket_id, message.id, message.direction
from json_each(:names) as wanted
cross join message on message.external_id = wanted.value
where message.undone = 0
order by message.id desc
"""

NUMBERED = """
select message.id, message.ticket_id, message.direction, message.body
from json_each(:numbers) as wanted
cross join message on message.id = wanted.value
where message.undone = 0
"""

EXISTING = """
select ticket.id
from json_each(:numbers) as wanted
cross join ticket on ticket.id = wanted.value
where ticket.undone = 0
"""

SIGNING_KEY = "select value from desk where key = 'signing_key'"


@dataclass(frozen=True, slots=True)
class Held:
    """A message that bears a certain Message-ID; what it says, where that was made of its number."""

    ticket_id: int
    message_id: int
    direction: Direction
    body: str | None = None


def held(connection: sqlite3.Connection, names: Iterable[str]) -> dict[str, Held]:
    """Return the messages of these Message-IDs, the first one of each."""
    wanted = list(names)
    rows = connection.execute(NAMED, {"names": json.dumps(wanted)})
    named = {name: Held(ticket, message, Direction(direction)) for name, ticket, message, direction in rows}
    return _held_by_number(connection, wanted) | named


def _held_by_number(connection: sqlite3.Connection, names: Iterable[str]) -> dict[str, Held]:
    """Return the messages that had no Message-ID until an mbox was made of them."""
    unique = queue_id(connection)
    wanted = {number: name for name in names if (number := message_named(name, unique)) is not None}
    rows = connection.execute(NUMBERED, {"numbers": json.dumps(list(wanted))}) if wanted else ()
    return {wanted[number]: Held(ticket, number, Direction(way), body) for number, ticket, way, body in rows}


def existing(connection: sqlite3.Connection, numbers: Iterable[int]) -> set[int]:
    """Return which of these tickets there are."""
    return {row[0] for row in connection.execute(EXISTING, {"numbers": json.dumps(list(numbers))})}


def signing_key(connection: sqlite3.Connection) -> str:
    """Return the key that signs what we send."""
    key: str = connection.execute(SIGNING_KEY).fetchone()[0]
    return key
