"""Tickets that something happened to since a moment, with their histories, a batch at a time."""

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from supportq.model.clock import Clock
from supportq.model.event import Event
from supportq.sla.reading import People
from supportq.store.customers import customers_in
from supportq.store.histories import read_histories
from supportq.store.projected import read_clocks
from supportq.store.queue import Queue
from supportq.store.scope import Scope
from supportq.values import dataclass
from supportq.when.stamps import format_stamp

COUNT = """
select count(*)
from ticket
where ticket.undone = 0 and ticket.updated_at >= :since and {scope}
"""

NUMBERS = """
select ticket.id
from ticket
where ticket.undone = 0 and ticket.updated_at >= :since and ticket.id > :after and {scope}
order by ticket.id
limit 1000
"""


@dataclass(frozen=True, slots=True)
class Touched:
    """A ticket's number, what happened to it, whose it was and is, and its clocks as they are stored."""

    number: int
    history: Sequence[Event]
    people: People
    clocks: tuple[Clock, ...]


def count_touched(queue: Queue, since: datetime, scope: Scope) -> int:
    """Return how many tickets something happened to since a moment."""
    count: int = queue.connection.execute(COUNT.format(scope=scope.condition), _named(since, scope)).fetchone()[0]
    return count


def iter_touched(queue: Queue, since: datetime, scope: Scope) -> Iterator[Touched]:
    """Yield the tickets that something happened to since a moment, in the order of their numbers."""
    last = 0
    while batch := _numbers(queue.connection, scope, _named(since, scope) | {"after": last}):
        with queue.reading() as connection:
            histories = read_histories(connection, batch)
            people = customers_in(connection, histories.values())
            clocks = read_clocks(queue, batch)
        yield from (Touched(number, histories[number], people, clocks[number]) for number in batch)
        last = batch[-1]


def _named(since: datetime, scope: Scope) -> dict[str, Any]:
    return {**scope.parameters, "since": format_stamp(since)}


def _numbers(connection: sqlite3.Connection, scope: Scope, parameters: dict[str, Any]) -> list[int]:
    return [row[0] for row in connection.execute(NUMBERS.format(scope=scope.condition), parameters)]
