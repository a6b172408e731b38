"""Facts: what filters in memory ask about tickets, gathered from the queue."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from supportq.model.filter.matching import Facts
from supportq.model.filter.terms import Promise
from supportq.store.customers import customers_of_tickets
from supportq.store.queue import Queue
from supportq.store.tickets import read_tickets
from supportq.when.stamps import FOREVER, parse_stamp

SURROUNDINGS = """
select
  ticket.id, ticket.due_at, ticket.risk_at, coalesce(text.body, ''),
  (
    select count(*)
    from message
    join attachment on attachment.message_id = message.id
    where message.ticket_id = ticket.id and message.undone = 0
  ),
  (select count(*) from message where ticket_id = ticket.id and direction = 'note' and undone = 0)
from ticket
left join text on text.id = ticket.subject_id
where ticket.undone = 0 and ticket.id in (select value from json_each(:ids))
"""

BODIES = """
select ticket_id, body
from message
where undone = 0 and ticket_id in (select value from json_each(:ids))
order by at, id
"""


def facts_of(queue: Queue, ids: Iterable[int], *, now: datetime) -> dict[int, Facts]:
    """Return what is to be known about each of these tickets that is there."""
    numbers = list(ids)
    wanted = {"ids": json.dumps(numbers)}
    tickets = read_tickets(queue, numbers)
    customers = customers_of_tickets(queue.connection, numbers)
    bodies: dict[int, list[str]] = {}
    for number, body in queue.connection.execute(BODIES, wanted):
        bodies.setdefault(number, []).append(body)
    return {
        row[0]: Facts(tickets[row[0]], customers.get(row[0]), (row[3], *bodies.get(row[0], ())), **_promised(row, now))
        for row in queue.connection.execute(SURROUNDINGS, wanted)
    }


def _promised(row: Sequence[Any], now: datetime) -> dict[str, Any]:
    due_at, risk_at = parse_stamp(row[1]), parse_stamp(row[2])
    return {"sla": promise_on(now, due_at, risk_at), "due_at": due_at, "attachments": row[4], "notes": row[5]}


def promise_on(now: datetime, due_at: datetime, risk_at: datetime) -> Promise:
    """Return how a ticket stands: late after its due moment, that second not included; none where nothing is due."""
    if due_at == FOREVER:
        return Promise.NONE
    if due_at < now:
        return Promise.LATE
    return Promise.AT_RISK if risk_at <= now else Promise.OK
