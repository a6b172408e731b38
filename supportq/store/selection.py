"""Which tickets a selector means, in this queue."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from supportq.errors import NotFound, UsageError
from supportq.model.selector import Selector
from supportq.store.faults import NoSuchTicket
from supportq.store.queue import Queue
from supportq.store.tickets import ids_of

LAST_TOUCHED = """
select event.ticket_id
from change
join event on event.change_id = change.id
where change.actor = :actor and change.taken_back_by is null
order by change.id desc, event.id desc
limit 1
"""

EXISTING = """
select id
from ticket
where undone = 0 and id in (select value from json_each(:ids))
"""

EXISTING_BETWEEN = "select id from ticket where undone = 0 and id between :first and :last order by id"


def tickets_of(queue: Queue, selector: Selector, *, now: datetime) -> tuple[int, ...]:
    """Return the tickets that a selector means: those named, in their order, or those that its filter selects.

    Raises NoSuchTicket when one that is named by its number isn't there; a range means those that are.
    """
    if not selector.names_tickets:
        return tuple(ids_of(queue, selector.filter, now=now))
    named = _named(queue, selector)
    if not selector.filter.terms:
        return named
    chosen = set(ids_of(queue, selector.filter, now=now))
    return tuple(number for number in named if number in chosen)


def resolved(queue: Queue, selector: Selector, *, me: str | None, piped: Iterable[str]) -> Selector:
    """Put numbers in the place of `@`, the last ticket this agent touched, and of `-`, the numbers in `piped`."""
    ids = list(selector.ids)
    if selector.touched:
        ids.append((last_touched(queue, me),) * 2)
    if selector.stdin:
        ids.extend(_read_numbers(piped))
    return replace(selector, ids=tuple(ids))


def last_touched(queue: Queue, me: str | None) -> int:
    """Return the last ticket that this agent changed; raise NotFound where there is none."""
    number = find_last_touched(queue, me)
    if number is None:
        raise NotFound(f"{me or 'you'} touched no ticket yet, so @ means none", "name it: supportq list")
    return number


def find_last_touched(queue: Queue, me: str | None) -> int | None:
    """Return the last ticket that this agent changed, or None where there is none."""
    row = queue.connection.execute(LAST_TOUCHED, {"actor": me}).fetchone()
    return row and int(row[0])


def _named(queue: Queue, selector: Selector) -> tuple[int, ...]:
    found: dict[int, None] = {}
    single = [first for first, last in selector.ids if first == last]
    known = {row[0] for row in queue.connection.execute(EXISTING, {"ids": json.dumps(single)})}
    missing = set(single) - known
    if missing:
        raise NoSuchTicket(missing)
    for first, last in selector.ids:
        if first == last:
            found[first] = None
        else:
            rows = queue.connection.execute(EXISTING_BETWEEN, {"first": first, "last": last})
            found.update((row[0], None) for row in rows)
    return tuple(found)


def _read_numbers(lines: Iterable[str]) -> Iterable[tuple[int, int]]:
    from supportq.model.filter.values import find_ids

    for line in lines:
        for word in line.split():
            ids = find_ids(word)
            if ids is None or ids[0] != ids[1]:
                raise UsageError(f'"{word}" on stdin is no ticket number', "pipe in numbers: supportq list -f ids")
            yield ids
