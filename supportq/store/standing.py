"""How a desk stands now: what each agent has open and how it stands, and how long customers have waited."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from supportq.store.conditions import IS_ACTIVE, STANDING_NOW
from supportq.store.dangers import RUNS
from supportq.store.queue import Queue
from supportq.store.scope import Scope
from supportq.when.stamps import format_stamp

LOADS = f"""
select
  assignee, sum(by_person), sum(by_person and created_at < :old), min(iif(by_person, created_at, null)),
  sum(standing is 'late'), sum(standing is 'at_risk')
from (
  select ticket.assignee, ticket.created_at, not ticket.automatic as by_person, {STANDING_NOW.strip()} as standing
  from ticket
  where {{scope}} and ticket.undone = 0 and {IS_ACTIVE}
)
group by assignee
"""

WAITS = f"""
select count(distinct clock.ticket_id), min(clock.started_at)
from clock
cross join ticket on ticket.id = clock.ticket_id and not ticket.automatic
where {{scope}} and clock.due_at > '' and {RUNS} and clock.standing = 'running'
  and clock.kind in ('first_response', 'next_response')
"""
"""Written so that the index of due moments finds what runs: `clock_late`."""

FOLLOW_UPS = """
select count(*)
from ticket
where {scope} and ticket.undone = 0 and ticket.follow_up_at is not null
"""

FIRST = """
select ticket.created_at
from ticket
where {scope} and ticket.undone = 0
order by ticket.created_at
limit 1
"""


class Load(NamedTuple):
    """What an agent has open: how many tickets, how many of them old, when the first came, how many late and at risk.

    Automatic tickets are late or at risk as others are, and count for nothing else.
    """

    open_count: int
    old_count: int
    first_at: str | None
    late_count: int
    at_risk_count: int


def loads(queue: Queue, scope: Scope, *, now: datetime, old: datetime) -> dict[str | None, Load]:
    """Return what each agent and nobody has open; old is what came before a moment."""
    stamps = {"now": format_stamp(now), "old": format_stamp(old)}
    return {agent: Load(*load) for agent, *load in _rows(queue, LOADS, scope, stamps)}


def unanswered(queue: Queue, scope: Scope) -> tuple[int, str | None]:
    """Return how many tickets have a promise of an answer running, and since when the first of them."""
    ((count, since),) = _rows(queue, WAITS, scope, {})
    return count, since


def follow_ups(queue: Queue, scope: Scope) -> int:
    """Return to how many customers somebody is to get back, such as one who was not satisfied."""
    ((count,),) = _rows(queue, FOLLOW_UPS, scope, {})
    return int(count)


def first_created(queue: Queue, scope: Scope) -> str | None:
    """Return when the first of all tickets was created, or None where there is none."""
    return next((str(stamp) for (stamp,) in _rows(queue, FIRST, scope, {})), None)


def _rows(queue: Queue, statement: str, scope: Scope, more: Mapping[str, str]) -> list[Any]:
    parameters = {**scope.parameters, **more}
    return queue.connection.execute(statement.format(scope=scope.condition), parameters).fetchall()
