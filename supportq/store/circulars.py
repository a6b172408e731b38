"""Customers who are not to get what goes to many: those who asked for that, and those whose mail comes back."""

import json
import sqlite3
from collections.abc import Iterable

from supportq.model.ticket import UNSUBSCRIBED

WHO_UNSUBSCRIBED = f"""
select distinct ticket.customer_id
from json_each(:customers) as wanted
cross join ticket on ticket.customer_id = wanted.value and ticket.undone = 0
cross join ticket_tag on ticket_tag.ticket_id = ticket.id and ticket_tag.tag = '{UNSUBSCRIBED}'
"""

WHOSE_MAIL_COMES_BACK = """
select customer_id
from (
  select ticket.customer_id, message.delivery, max(message.id)
  from json_each(:customers) as wanted
  cross join ticket on ticket.customer_id = wanted.value and ticket.undone = 0
  cross join message on message.ticket_id = ticket.id and message.undone = 0
  where message.delivery in ('sent', 'failed')
  group by ticket.customer_id
)
where delivery = 'failed'
"""
"""Their last mail, that is: SQLite takes `delivery` from the row of the highest id."""


def unsubscribed(connection: sqlite3.Connection, customers: Iterable[int]) -> set[int]:
    """Return which of these customers want none of it: a ticket of theirs is tagged so."""
    return _found(connection, WHO_UNSUBSCRIBED, customers)


def unreachable(connection: sqlite3.Connection, customers: Iterable[int]) -> set[int]:
    """Return the customers whose last mail came back."""
    return _found(connection, WHOSE_MAIL_COMES_BACK, customers)


def _found(connection: sqlite3.Connection, statement: str, customers: Iterable[int]) -> set[int]:
    return {row[0] for row in connection.execute(statement, {"customers": json.dumps(list(customers))})}
