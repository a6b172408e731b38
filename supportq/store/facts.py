"""Facts: what filters in memory ask about tickets, gathered from the queue."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from supportq.model.filter.matching import Facts
from supportq.model.filter.terms import Promise
from supportq.store.conditions import KEY_SOURCE, REPLY_IN_DOUBT
from supportq.store.customers import customers_of_tickets
from supportq.store.projected import read_tickets
from supportq.store.queue import Queue
from supportq.when.stamps import FOREVER, parse_stamp

SURROUNDINGS = f"""
select
  ticket.id, ticket.due_at, ticket.risk_at, coalesce(text.body, ''),
  (
    select count(*)
    from message
    join attachment on attachment.message_id = message.id
    where message.ticket_id = ticket.id and message.undone = 0
  ),
  (select count(*) from message where ticket_id = ticket.id and direction = 'note' and undone = 0),
  {REPLY_IN_DOUBT}
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

KEYS = f"""
select source_key.ticket_id, {KEY_SOURCE}, source_key.key
from json_each(:ids) as wanted
cross join source_key on source_key.ticket_id = wanted.value
"""


def facts_of(queue: Queue, ids: Iterable[int], *, now: datetime) -> dict[int, Facts]:
    """Return what is to be known about each of these tickets that is there."""
    numbers = list(ids)
    tickets = read_tickets(queue, numbers)
    customers = customers_of_tickets(queue.connection, numbers)
    bodies = _bodies(queue, numbers)
    names, keys = _origins(queue, numbers)
    found = {}
    for number, due_at, risk_at, subject, attachments, notes, doubts in _surroundings(queue, numbers):
        due, risk = parse_stamp(due_at), parse_stamp(risk_at)
        texts = (subject, *bodies.get(number, ()))
        sla = promise_on(now, due, risk)
        origin = frozenset(names.get(number, ())), frozenset(keys.get(number, ()))
        found[number] = Facts(
            tickets[number], customers.get(number), texts, sla, due, attachments, notes, doubts, *origin
        )
    return found


def _surroundings(queue: Queue, numbers: list[int]) -> Iterable[Sequence[Any]]:
    return queue.connection.execute(SURROUNDINGS, {"ids": json.dumps(numbers)})


def _bodies(queue: Queue, numbers: list[int]) -> dict[int, list[str]]:
    bodies: dict[int, list[str]] = {}
    for number, body in queue.connection.execute(BODIES, {"ids": json.dumps(numbers)}):
        bodies.setdefault(number, []).append(body)
    return bodies


def _origins(queue: Queue, numbers: list[int]) -> tuple[dict[int, set[str]], dict[int, set[str]]]:
    """Return from which sources tickets come, and how they and their messages are called there."""
    sources: dict[int, set[str]] = {}
    keys: dict[int, set[str]] = {}
    for number, source, key in queue.connection.execute(KEYS, {"ids": json.dumps(numbers)}):
        sources.setdefault(number, set()).add(source)
        keys.setdefault(number, set()).add(key)
    return sources, keys


def promise_on(now: datetime, due_at: datetime, risk_at: datetime) -> Promise:
    """Return how a ticket stands: late after its due moment, that second not included; none where nothing is due."""
    if due_at == FOREVER:
        return Promise.NONE
    if due_at < now:
        return Promise.LATE
    return Promise.AT_RISK if risk_at <= now else Promise.OK
