"""What the backlog is made of: tickets that are open, and the histories of those that something happened to."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from supportq.model.event import Event
from supportq.store.conditions import IS_ACTIVE
from supportq.store.grouping import CUSTOMER, ORGANISATION, TAGS, held_under
from supportq.store.histories import read_histories
from supportq.store.queue import Queue
from supportq.store.scope import Scope
from supportq.when.stamps import format_stamp

OPEN_SINCE = """
select {keys}ticket.automatic, ticket.created_at, ticket.updated_at
from ticket{tags}
where ticket.undone = 0 and {is_active} and ticket.updated_at <= :last and {scope}
"""

CHANGED_SINCE = """
select ticket.id, ticket.automatic, ticket.created_at, ticket.updated_at
from ticket
where ticket.undone = 0 and ticket.created_at <= :last and ticket.updated_at > :first and {scope}
order by ticket.id
"""

OWNED_BY = {
    "customer": f"select {CUSTOMER} from (select :customer as customer_id) as ticket",
    "organisation": f"select {ORGANISATION} from (select :customer as customer_id) as ticket",
}

_BATCH = 1000


class Waiting(NamedTuple):
    """An open ticket: what it counts under, whether no person wrote it, when it was created and changed last."""

    group: tuple[Any, ...]
    is_automatic: int
    created_at: str
    updated_at: str


def iter_open(queue: Queue, last: datetime, scope: Scope, keys: Sequence[str]) -> Iterator[Waiting]:
    """Yield the tickets that are active and to which nothing has happened after a last moment, under each of keys."""
    statement = OPEN_SINCE.format(
        keys="".join(f"{held_under(key)}, " for key in keys),
        tags=TAGS if "tag" in keys else "",
        is_active=IS_ACTIVE,
        scope=scope.condition,
    )
    for row in queue.connection.execute(statement, {**scope.parameters, "last": format_stamp(last)}):
        yield Waiting(row[:-3], *row[-3:])


def iter_changed(queue: Queue, moments: Sequence[datetime], scope: Scope) -> Iterator[tuple[list[Event], bool]]:
    """Yield the histories of tickets to which something has happened since one of these moments, the earliest first.

    Only those that were there at that moment; each with whether no person wrote it.
    """
    stamps = [format_stamp(moment) for moment in moments]
    statement = CHANGED_SINCE.format(scope=scope.condition)
    rows = queue.connection.execute(statement, {**scope.parameters, "first": stamps[0], "last": stamps[-1]})
    found = {
        number: bool(is_automatic)
        for number, is_automatic, created_at, updated_at in rows
        if bisect_left(stamps, created_at) < bisect_left(stamps, updated_at)
    }
    numbers = list(found)
    for start in range(0, len(numbers), _BATCH):
        for number, history in read_histories(queue.connection, numbers[start : start + _BATCH]).items():
            yield history, found[number]


class Owners(dict[tuple[str, int | None], str | None]):
    """The customers and organisations that tickets are counted under, each looked up once."""

    def __init__(self, queue: Queue) -> None:
        super().__init__()
        self.queue = queue

    def __missing__(self, asked: tuple[str, int | None]) -> str | None:
        key, customer = asked
        self[asked] = self.queue.connection.execute(OWNED_BY[key], {"customer": customer}).fetchone()[0]
        return self[asked]
