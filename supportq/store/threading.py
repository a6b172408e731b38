"""By what name other programs know the messages of a ticket."""

import sqlite3

LAST_OF_CUSTOMER = """
select message.external_id
from message
join ticket on ticket.id = message.ticket_id
where message.ticket_id = :ticket and direction = 'in' and message.undone = 0 and external_id is not null
order by message.automatic, message.customer_id is not ticket.customer_id, message.id desc
limit 1
"""

OF_TICKET = "select id, external_id from message where ticket_id = :ticket and external_id is not null"

LAST_MAIL = """
select message.id
from message
join ticket on ticket.id = message.ticket_id and ticket.customer_id = message.customer_id
where message.ticket_id = :ticket and direction = 'in' and message.channel = 'email'
  and message.automatic = 0 and message.undone = 0
order by message.id desc
limit 1
"""

THREAD = """
select external_id
from message
where ticket_id = :ticket and undone = 0 and external_id is not null
  and coalesce(delivery, 'sent') in ('sent', 'maybe_sent', 'recorded') and (
  automatic = 0 or direction = 'out' or id = (select min(id) from message where ticket_id = :ticket and undone = 0)
)
order by id
"""


def thread_of(connection: sqlite3.Connection, ticket: int) -> list[str]:
    """Return the names of a ticket's messages as they came and went, without what machines wrote in between.

    What waits, failed or was cancelled has no place in a thread: nobody who is written to has it.
    """
    return [row[0] for row in connection.execute(THREAD, {"ticket": ticket})]


def last_mail(connection: sqlite3.Connection, ticket: int) -> int | None:
    """Return the message that its customer mailed last, None where there is none."""
    row = connection.execute(LAST_MAIL, {"ticket": ticket}).fetchone()
    return None if row is None else int(row[0])


def external_ids(connection: sqlite3.Connection, ticket: int) -> dict[int, str]:
    """Return by what name other programs know the messages of a ticket, as far as they do."""
    return dict(connection.execute(OF_TICKET, {"ticket": ticket}).fetchall())


def last_external_id(connection: sqlite3.Connection, ticket: int) -> str | None:
    """Return the Message-ID, or another system's own id, of what the customer wrote last, else of what anybody did."""
    row = connection.execute(LAST_OF_CUSTOMER, {"ticket": ticket}).fetchone()
    return None if row is None else str(row[0])
