"""Messages of which nobody has told more than that they were: a file had their moments, and not their words."""

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from supportq.model.channel import Channel
from supportq.store.projection import ADD_TO_SEARCH, TAKE_FROM_SEARCH
from supportq.when.stamps import parse_stamp

REPLIES = """
select message.ticket_id, message.id, message.at
from json_each(:tickets) as wanted
cross join message on message.ticket_id = wanted.value
where message.direction = 'out' and message.body = '' and message.undone = 0
order by message.id
"""

OPENERS = """
select message.ticket_id, message.id, message.at
from json_each(:tickets) as wanted
cross join ticket on ticket.id = wanted.value
join message on message.id = ticket.first_message_id
where message.direction = 'in' and message.body = '' and message.undone = 0
"""

GIVE_WORDS = """
update message
set body = :body, channel = case channel when 'other' then coalesce(:channel, channel) else channel end
where id = :message and body = ''
"""


class Wordless(NamedTuple):
    """A message of that moment: what a ticket began with, or a reply that somebody gave to its customer."""

    ticket_id: int
    message_id: int
    at: datetime


def replies_without_words(connection: sqlite3.Connection, tickets: Iterable[int]) -> list[Wordless]:
    """Return the replies of these tickets whose words are not known."""
    rows = connection.execute(REPLIES, {"tickets": json.dumps(list(tickets))})
    return [Wordless(ticket, message, parse_stamp(at)) for ticket, message, at in rows]


def openers_without_words(connection: sqlite3.Connection, tickets: Iterable[int]) -> list[Wordless]:
    """Return the first messages of these tickets' customers of which the words are not known."""
    rows = connection.execute(OPENERS, {"tickets": json.dumps(list(tickets))})
    return [Wordless(ticket, message, parse_stamp(at)) for ticket, message, at in rows]


def give_words(connection: sqlite3.Connection, message: int, body: str, channel: Channel | None = None) -> None:
    """Let a message say what was said, now that it is known, and by which channel; what it has is never replaced."""
    named = {"messages": json.dumps([message])}
    connection.execute(TAKE_FROM_SEARCH, named)
    connection.execute(GIVE_WORDS, {"message": message, "body": body, "channel": channel})
    connection.execute(ADD_TO_SEARCH, named)
