"""What tickets are called: for titles, and for completion in a shell."""

import sqlite3

SUBJECT = """
select coalesce(text.body, '')
from ticket
left join text on text.id = ticket.subject_id
where ticket.id = :ticket
"""

IN_WORK_ORDER = """
select ticket.id, coalesce(text.body, '')
from ticket
left join text on text.id = ticket.subject_id
where ticket.undone = 0 and ticket.status in ('new', 'open', 'pending', 'on_hold')
order by ticket.order_at, ticket.id
limit :limit
"""

BEGINNING_WITH = """
select ticket.id, coalesce(text.body, '')
from ticket
left join text on text.id = ticket.subject_id
where ticket.undone = 0 and cast(ticket.id as text) glob :digits
order by ticket.id desc
limit :limit
"""

TAGS = "select distinct tag from ticket_tag order by tag"


def subject_of(connection: sqlite3.Connection, ticket: int) -> str:
    """Return the subject of a ticket, empty where there is none."""
    row = connection.execute(SUBJECT, {"ticket": ticket}).fetchone()
    return str(row[0]) if row else ""


def in_work_order(connection: sqlite3.Connection, limit: int) -> list[tuple[int, str]]:
    """Return the numbers and subjects of the active tickets that come first."""
    return connection.execute(IN_WORK_ORDER, {"limit": limit}).fetchall()


def beginning_with(connection: sqlite3.Connection, digits: str, limit: int) -> list[tuple[int, str]]:
    """Return the numbers and subjects of tickets whose number begins with these digits, newest first."""
    return connection.execute(BEGINNING_WITH, {"digits": f"{digits}*", "limit": limit}).fetchall()


def tags_in_use(connection: sqlite3.Connection) -> list[str]:
    """Return every tag that a ticket has."""
    return [row[0] for row in connection.execute(TAGS)]
