"""What a customer opened before: how fast inquiries come from one address, and whether they are alike."""

import sqlite3
from datetime import datetime
from typing import NamedTuple

from supportq.when.stamps import parse_stamp

RECENT = """
select coalesce(text.body, ''), message.recorded_at
from ticket
join message on message.id = ticket.first_message_id
left join text on text.id = ticket.subject_id
where ticket.customer_id = :customer and ticket.id < :before
order by ticket.id desc
limit :most
"""


class Opened(NamedTuple):
    """A ticket that somebody opened: what it was called, and when it came in here."""

    subject: str
    at: datetime


def opened_before(connection: sqlite3.Connection, customer: int, before: int, most: int) -> list[Opened]:
    """Return the last tickets that a customer opened before one of theirs, the newest first."""
    rows = connection.execute(RECENT, {"customer": customer, "before": before, "most": most})
    return [Opened(subject, parse_stamp(at)) for subject, at in rows]
