"""By what name other programs know the messages of a ticket."""

import sqlite3

LAST_OF_CUSTOMER = """
select external_id
from message
where ticket_id = :ticket and direction = 'in' and undone = 0 and external_id is not null
order by id desc
limit 1
"""

OF_TICKET = "select id, external_id from message where ticket_id = :ticket and external_id is not null"


THREAD = """
select external_id
from message
where ticket_id = :ticket and undone = 0 and external_id is not null
order by id
"""


def thread_of(connection: sqlite3.Connection, ticket: int) -> list[str]:
    """Return the names of the messages of a ticket that other programs know, as they came and went."""
    return [row[0] for row in connection.execute(THREAD, {"ticket": ticket})]


def external_ids(connection: sqlite3.Connection, ticket: int) -> dict[int, str]:
    """Return by what name other programs know the messages of a ticket, as far as they do."""
    return dict(connection.execute(OF_TICKET, {"ticket": ticket}).fetchall())


def last_external_id(connection: sqlite3.Connection, ticket: int) -> str | None:
    """Return the Message-ID, or another system's own id, of the last message of a ticket's customer."""
    row = connection.execute(LAST_OF_CUSTOMER, {"ticket": ticket}).fetchone()
    return None if row is None else str(row[0])
