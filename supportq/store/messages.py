"""Messages: what was said about a ticket, and noted."""

from datetime import datetime
from sqlite3 import Connection

from supportq.model.message import Message
from supportq.store.queue import Queue
from supportq.store.rows import MESSAGE_COLUMNS, message_from_row
from supportq.when.stamps import parse_stamp

MESSAGES_OF_TICKET = f"""
select {MESSAGE_COLUMNS}
from message
left join text on text.id = message.subject_id
where message.ticket_id = :ticket and message.undone = 0
order by message.at, message.id
"""

SAID = """
select message.at, coalesce(text.body, ''), message.body
from message
left join text on text.id = message.subject_id
where message.id = :message
"""


def messages_of(queue: Queue, ticket: int) -> list[Message]:
    """Return the messages and notes of a ticket that were not undone, as they were said."""
    return [message_from_row(row) for row in queue.connection.execute(MESSAGES_OF_TICKET, {"ticket": ticket})]


def said_in(connection: Connection, message: int) -> tuple[datetime, str, str]:
    """Return when a message was said, its subject and its words."""
    at, subject, body = connection.execute(SAID, {"message": message}).fetchone()
    return parse_stamp(at), subject, body
