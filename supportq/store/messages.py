"""Messages: what was said about a ticket, and noted."""

from supportq.model.message import Message
from supportq.store.queue import Queue
from supportq.store.rows import MESSAGE_COLUMNS, message_from_row

MESSAGES_OF_TICKET = f"""
select {MESSAGE_COLUMNS}
from message
left join text on text.id = message.subject_id
where message.ticket_id = :ticket and message.undone = 0
order by message.at, message.id
"""

BODY = "select body from message where id = :message"


def messages_of(queue: Queue, ticket: int) -> list[Message]:
    """Return the messages and notes of a ticket that were not undone, as they were said."""
    return [message_from_row(row) for row in queue.connection.execute(MESSAGES_OF_TICKET, {"ticket": ticket})]


def body_of(queue: Queue, message: int) -> str:
    """Return the words of one message."""
    (body,) = queue.connection.execute(BODY, {"message": message}).fetchone()
    return str(body)
