"""Tickets: which ones a filter means, in the order of work, and how many."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from supportq.errors import UnknownWord
from supportq.model.filter.terms import Filter
from supportq.store.conditions import IS_ACTIVE, IS_DUE, REPLY_IN_DOUBT, STANDING_NOW, STATUS_NOW
from supportq.store.filters import where
from supportq.store.queue import Queue
from supportq.when.stamps import parse_stamp

IDS = """
select ticket.id
from ticket
where {condition}
order by ticket.order_at, ticket.id
limit :limit
"""

IS_NEXT = f"""
{IS_ACTIVE} and ticket.reply_waiting = 0 and (ticket.wake_at > :now) is not true
and ({IS_DUE} or {STATUS_NOW} in ('new', 'open'))
"""

IS_TO_FOLLOW_UP = "ticket.follow_up_at is not null and ticket.reply_waiting = 0"
"""True of tickets whose customer somebody is to get back to, though they may be resolved or closed."""

IS_IN_DOUBT = f"ticket.status <> 'spam' and ticket.reply_waiting = 0 and {REPLY_IN_DOUBT}"
"""True of tickets whose last word may have reached the customer, or not: only a person can say."""

NEXT = f"""
select ticket.order_at, ticket.id
from ticket
where {{condition}} and {IS_NEXT}
union
select ticket.order_at, ticket.id
from ticket
where {{condition}} and {IS_TO_FOLLOW_UP}
union
select ticket.order_at, ticket.id
from ticket
where {{condition}} and {IS_IN_DOUBT}
order by 1, 2
limit :limit
"""

LAST_NUMBER = "select seq from sqlite_sequence where name = 'ticket'"

REVISIONS = """
select id, revision
from ticket
where undone = 0 and id in (select value from json_each(:ids))
"""

COUNT = """
select count(*)
from ticket
where {condition}
"""

COUNT_BY = """
select {group} as value, count(*) as tickets
from ticket
{join}
where {condition}
group by value
order by tickets desc, value
"""

CREATED = """
select substr(created_at, 1, 16) || ':00Z' as minute, count(*)
from ticket
where {condition}
group by minute
"""

GROUPS = {
    "status": (STATUS_NOW, ""),
    "priority": ("ticket.priority", ""),
    "team": ("ticket.team", ""),
    "agent": ("ticket.assignee", ""),
    "channel": ("ticket.channel", ""),
    "line": ("cast(ticket.line as text)", ""),
    "category": ("ticket.category", ""),
    "language": ("ticket.language", ""),
    "tag": ("ticket_tag.tag", "left join ticket_tag on ticket_tag.ticket_id = ticket.id"),
    "customer": ("customer.name", "left join customer on customer.id = ticket.customer_id"),
    "organisation": (
        "organisation.name",
        """
left join customer on customer.id = ticket.customer_id
left join organisation on organisation.id = customer.organisation_id
""",
    ),
    "sla": (STANDING_NOW, ""),
    "rating": ("cast(ticket.rating as text)", ""),
}


def ids_of(queue: Queue, criteria: Filter, *, now: datetime, limit: int | None = None) -> list[int]:
    """Return the tickets that a filter means, in the order of work."""
    condition, parameters = where(criteria, now)
    parameters["limit"] = -1 if limit is None else limit
    return [row[0] for row in queue.connection.execute(IDS.format(condition=condition), parameters)]


def last_number(queue: Queue) -> int:
    """Return the last number that was given to a ticket."""
    row = queue.connection.execute(LAST_NUMBER).fetchone()
    return 0 if row is None else int(row[0])


def revisions_of(queue: Queue, ids: Iterable[int]) -> dict[int, int]:
    """Return which revision each of these tickets is at, as far as they are there."""
    return dict(queue.connection.execute(REVISIONS, {"ids": json.dumps(list(ids))}))


def next_candidates(queue: Queue, criteria: Filter, *, now: datetime, limit: int) -> list[int]:
    """Return the tickets to work on next, first things first.

    They are active, don't sleep, wait for no reply to be sent, and have something due or are for us to act on; or
    somebody is to get back to their customer, who rated them low.
    """
    condition, parameters = where(criteria, now)
    rows = queue.connection.execute(NEXT.format(condition=condition), {**parameters, "limit": limit})
    return [number for _, number in rows]


def count(queue: Queue, criteria: Filter, *, now: datetime) -> int:
    """Return how many tickets a filter means."""
    condition, parameters = where(criteria, now)
    number: int = queue.connection.execute(COUNT.format(condition=condition), parameters).fetchone()[0]
    return number


def count_by_minute(queue: Queue, criteria: Filter, *, now: datetime) -> Iterator[tuple[datetime, int]]:
    """Yield how many tickets a filter means that came in during each minute in which one did."""
    condition, parameters = where(criteria, now)
    for minute, number in queue.connection.execute(CREATED.format(condition=condition), parameters):
        yield parse_stamp(minute), number


def count_by(queue: Queue, criteria: Filter, key: str, *, now: datetime) -> list[tuple[str | None, int]]:
    """Return how many tickets a filter means by a key, most first; a ticket counts under each of its tags."""
    if key not in GROUPS:
        raise UnknownWord("key to count by", key, GROUPS)
    group, join = GROUPS[key]
    condition, parameters = where(criteria, now)
    statement = COUNT_BY.format(group=group, join=join, condition=condition)
    return queue.connection.execute(statement, parameters).fetchall()
