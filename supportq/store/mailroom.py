"""What a queue knows of mail: the Message-IDs that it holds, the key that signs ours, and which tickets there are."""

import json
import sqlite3
from collections.abc import Iterable

from supportq.model.message import Direction
from supportq.values import dataclass

NAMED = """
select message.external_id, message.ticket_id, message.id, message.direction
from json_each(:names) as wanted
cross join message on message.external_id = wanted.value
where message.undone = 0
order by message.id desc
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
    """A message that bears a certain Message-ID."""

    ticket_id: int
    message_id: int
    direction: Direction


def held(connection: sqlite3.Connection, names: Iterable[str]) -> dict[str, Held]:
    """Return the messages of these Message-IDs, the first one of each."""
    rows = connection.execute(NAMED, {"names": json.dumps(list(names))})
    return {name: Held(ticket, message, Direction(direction)) for name, ticket, message, direction in rows}


def existing(connection: sqlite3.Connection, numbers: Iterable[int]) -> set[int]:
    """Return which of these tickets there are."""
    return {row[0] for row in connection.execute(EXISTING, {"numbers": json.dumps(list(numbers))})}


def signing_key(connection: sqlite3.Connection) -> str:
    """Return the key that signs what we send."""
    key: str = connection.execute(SIGNING_KEY).fetchone()[0]
    return key
