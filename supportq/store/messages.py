"""Messages: what was said about a ticket, and noted."""

import json
from collections.abc import Iterable
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

WITHOUT_AUTHOR = """
select id
from message
where id in (select value from json_each(:messages)) and direction <> 'in' and agent is null and undone = 0
"""

GIVE_AUTHOR = "update message set agent = :agent where id = :message and direction <> 'in' and agent is null"


def messages_of(queue: Queue, ticket: int) -> list[Message]:
    """Return the messages and notes of a ticket that were not undone, as they were said."""
    return [message_from_row(row) for row in queue.connection.execute(MESSAGES_OF_TICKET, {"ticket": ticket})]


def said_in(connection: Connection, message: int) -> tuple[datetime, str, str]:
    """Return when a message was said, its subject and its words."""
    at, subject, body = connection.execute(SAID, {"message": message}).fetchone()
    return parse_stamp(at), subject, body


def messages_without_author(connection: Connection, messages: Iterable[int]) -> set[int]:
    """Return those of these messages and notes that an agent wrote of whom nobody knows who it was."""
    rows = connection.execute(WITHOUT_AUTHOR, {"messages": json.dumps(list(messages))})
    return {row[0] for row in rows}


def give_author(connection: Connection, message: int, agent: str) -> None:
    """Let a message of ours be an agent's, now that it is known whose; one that has an author keeps it."""
    connection.execute(GIVE_AUTHOR, {"message": message, "agent": agent})
