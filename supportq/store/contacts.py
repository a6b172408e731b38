"""A customer's contacts with the desk: their tickets, and what was last said in them, over all channels."""

from datetime import datetime

from supportq.model.message import Message
from supportq.store.queue import Queue
from supportq.store.rows import MESSAGE_COLUMNS, message_from_row, moment
from supportq.values import dataclass

_THEIRS = """
(
  select id
  from ticket
  where customer_id = :customer and undone = 0
  union
  select ticket_id
  from participant
  where customer_id = :customer and role = 'participant'
)
"""

TICKETS = f"select id from ticket where id in {_THEIRS} and undone = 0 order by id"

SUMMARY = f"""
select
  min(ticket.created_at), count(ticket.id), coalesce(sum(ticket.status in ('new', 'open', 'pending', 'on_hold')), 0),
  max(ticket.updated_at), group_concat(distinct ticket.channel)
from customer
left join ticket on ticket.id in {_THEIRS} and ticket.undone = 0
where customer.id = :customer
"""

LAST_MESSAGES = f"""
select {MESSAGE_COLUMNS}
from message
left join text on text.id = message.subject_id
where message.ticket_id in {_THEIRS} and message.undone = 0 and message.direction <> 'note'
order by message.at desc, message.id desc
limit :limit
"""

IS_CUSTOMER = "select 1 from customer where id = :customer"


@dataclass(frozen=True, slots=True)
class Summary:
    """A customer's contacts in figures."""

    first_at: datetime | None
    tickets: int
    open: int
    last_at: datetime | None
    channels: tuple[str, ...]


def is_customer(queue: Queue, number: int) -> bool:
    """Tell whether there is a customer of this number."""
    return queue.connection.execute(IS_CUSTOMER, {"customer": number}).fetchone() is not None


def tickets_of_customer(queue: Queue, customer: int) -> list[int]:
    """Return the tickets in which a customer has part, oldest first."""
    return [row[0] for row in queue.connection.execute(TICKETS, {"customer": customer})]


def summary_of(queue: Queue, customer: int) -> Summary:
    """Return a customer's contacts in figures."""
    first_at, tickets, is_open, last_at, channels = queue.connection.execute(SUMMARY, {"customer": customer}).fetchone()
    return Summary(
        moment(first_at),
        tickets,
        is_open,
        moment(last_at),
        tuple(sorted((channels or "").split(","))) if channels else (),
    )


def last_messages(queue: Queue, customer: int, limit: int) -> list[Message]:
    """Return what was last said in a customer's tickets, newest first, without our notes."""
    rows = queue.connection.execute(LAST_MESSAGES, {"customer": customer, "limit": limit})
    return [message_from_row(row) for row in rows]
