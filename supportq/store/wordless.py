"""Messages of which nobody has told more than that they were: a file had their moments, and not their words."""

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from supportq.store.projection import ADD_TO_SEARCH, TAKE_FROM_SEARCH
from supportq.when.stamps import parse_stamp

REPLIES = """
select message.ticket_id, message.id, message.at
from json_each(:tickets) as wanted
cross join message on message.ticket_id = wanted.value
where message.direction = 'out' and message.body = '' and message.undone = 0
order by message.id
"""

GIVE_WORDS = "update message set body = :body where id = :message and body = ''"


class Wordless(NamedTuple):
    """A reply that somebody gave to a ticket's customer at that moment."""

    ticket_id: int
    message_id: int
    at: datetime


def replies_without_words(connection: sqlite3.Connection, tickets: Iterable[int]) -> list[Wordless]:
    """Return the replies of these tickets whose words are not known."""
    rows = connection.execute(REPLIES, {"tickets": json.dumps(list(tickets))})
    return [Wordless(ticket, message, parse_stamp(at)) for ticket, message, at in rows]


def give_words(connection: sqlite3.Connection, message: int, body: str) -> None:
    """Let a message say what was said, now that it is known; words that it has are never replaced."""
    named = {"messages": json.dumps([message])}
    connection.execute(TAKE_FROM_SEARCH, named)
    connection.execute(GIVE_WORDS, {"message": message, "body": body})
    connection.execute(ADD_TO_SEARCH, named)
