"""Promises that are late or at risk, found by their due moments."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from supportq.model.clock import Cause, ClockKind, Pause
from supportq.store.conditions import STATUS_NOW
from supportq.store.listing import CUSTOMER
from supportq.store.queue import Queue
from supportq.store.scope import EVERYTHING, Scope
from supportq.values import dataclass
from supportq.when.stamps import format_stamp, parse_stamp

_RUNS = "clock.standing in ('running', 'paused')"

_RUNS_NOW = """
(
  clock.standing = 'running'
  or exists (select 1 from ticket where ticket.id = clock.ticket_id and ticket.wake_at <= :now)
)
"""
"""A pause ends by itself where the ticket wakes; while it lasts, nothing is late."""

_LATE = f"clock.due_at < :now and {_RUNS_NOW}"

_AT_RISK = f"""
{_RUNS_NOW} and clock.due_at >= :now and clock.due_at < '9999' and (clock.risk_at <= :now or clock.due_at <= :horizon)
"""

_TOLD_ONCE = """
not (
  clock.kind = 'resolution_total'
  and exists (
    select 1
    from clock as first
    where first.ticket_id = clock.ticket_id and first.kind = 'resolution_first'
      and first.standing in ('running', 'paused')
  )
)
"""
"""Until a ticket is first resolved, both promises to resolve it are one."""

BREACHES = """
select
  clock.ticket_id, clock.kind, clock.started_at, clock.target_s, clock.due_at,
  case when clock.due_at < :now then coalesce(clock.breached_at, clock.due_at) end,
  case when clock.due_at < :now then coalesce(clock.cause, 'late') end,
  clock.policy, clock.hours, clock.settings_id, ticket.team, ticket.assignee, ticket.priority,
  ticket.channel, ticket.line, {status}, coalesce(text.body, ''), coalesce({customer}, ''),
  clock.pauses
from clock
join ticket on ticket.id = clock.ticket_id
left join text on text.id = ticket.subject_id
where {runs} and clock.alarms = 1 and {danger} and {told_once} and {scope}
order by clock.due_at, clock.ticket_id, clock.kind
limit :limit
"""

COUNT = """
select count(*)
from clock
where {runs} and clock.alarms = {alarms} and {danger} and {told_once} and {scope}
"""

COUNT_TICKETS = """
select count(distinct clock.ticket_id)
from clock
where {runs} and clock.alarms = {alarms} and {danger} and {told_once} and {scope}
"""

ANY = """
select exists (
  select 1
  from clock
  where {runs} and clock.alarms = 1 and {danger} and {scope}
)
"""

NEXT_DUE = """
select clock.ticket_id, clock.due_at
from clock
where {runs} and clock.alarms = 1 and clock.due_at >= :now and clock.due_at < '9999' and {scope}
order by clock.due_at
limit 1
"""


@dataclass(frozen=True, slots=True)
class Breach:
    """A running promise that is late or at risk, and who holds its ticket now."""

    ticket_id: int
    kind: ClockKind
    started_at: datetime
    target_s: int
    due_at: datetime
    breached_at: datetime | None
    cause: Cause | None
    policy: str
    hours: str
    settings_id: int
    team: str | None
    agent: str | None
    priority: str
    channel: str
    line: int
    status: str
    subject: str
    customer: str
    pauses: tuple[Pause, ...]

    @property
    def is_late(self) -> bool:
        """Tell whether the promise is broken, and not only at risk."""
        return self.breached_at is not None


@dataclass(frozen=True, slots=True)
class Lookout:
    """Which promises to watch, from when on they are at risk, and as of which moment."""

    now: datetime
    horizon: datetime
    scope: Scope = EVERYTHING

    @property
    def parameters(self) -> dict[str, Any]:
        """Return the parameters that every statement of this module names."""
        return {**self.scope.parameters, "now": format_stamp(self.now), "horizon": format_stamp(self.horizon)}


def is_any_late(queue: Queue, lookout: Lookout) -> bool:
    """Tell whether a promise is late: one look into an index."""
    return _ask(queue, ANY, lookout, _LATE) == 1


def is_any_at_risk(queue: Queue, lookout: Lookout) -> bool:
    """Tell whether a promise that is not late yet is at risk."""
    return _ask(queue, ANY, lookout, _AT_RISK) == 1


def count_late(queue: Queue, lookout: Lookout) -> int:
    """Return how many promises are late."""
    return _ask(queue, COUNT, lookout, _LATE)


def count_at_risk(queue: Queue, lookout: Lookout) -> int:
    """Return how many promises are at risk and not late."""
    return _ask(queue, COUNT, lookout, _AT_RISK)


def count_tickets(queue: Queue, lookout: Lookout) -> int:
    """Return how many tickets have a promise that is late or at risk."""
    return _ask(queue, COUNT_TICKETS, lookout, f"({_LATE} or {_AT_RISK})")


def count_without_alarm(queue: Queue, lookout: Lookout) -> int:
    """Return how many late promises raise no alarm, since their tickets are older than `enforce_from`."""
    return _ask(queue, COUNT, lookout, _LATE, alarms=0)


def iter_late(queue: Queue, lookout: Lookout, limit: int | None = None) -> Iterator[Breach]:
    """Yield the late promises, the longest overdue first."""
    return _read(queue, lookout, _LATE, limit)


def iter_at_risk(queue: Queue, lookout: Lookout, limit: int | None = None) -> Iterator[Breach]:
    """Yield the promises at risk, the next due first."""
    return _read(queue, lookout, _AT_RISK, limit)


def find_next_due(queue: Queue, lookout: Lookout) -> tuple[int, datetime] | None:
    """Return the ticket whose promise is due next, and when."""
    statement = NEXT_DUE.format(runs=_RUNS, scope=_clocks_in(lookout.scope))
    row = queue.connection.execute(statement, lookout.parameters).fetchone()
    return (row[0], parse_stamp(row[1])) if row else None


def _ask(queue: Queue, statement: str, lookout: Lookout, danger: str, alarms: int = 1) -> int:
    scope = _clocks_in(lookout.scope)
    filled = statement.format(runs=_RUNS, danger=danger, told_once=_TOLD_ONCE, scope=scope, alarms=alarms)
    return int(queue.connection.execute(filled, lookout.parameters).fetchone()[0])


def _read(queue: Queue, lookout: Lookout, danger: str, limit: int | None) -> Iterator[Breach]:
    statement = BREACHES.format(
        status=STATUS_NOW,
        customer=CUSTOMER,
        runs=_RUNS,
        danger=danger,
        told_once=_TOLD_ONCE,
        scope=lookout.scope.condition,
    )
    parameters = {**lookout.parameters, "limit": -1 if limit is None else limit}
    for row in queue.connection.execute(statement, parameters):
        yield _breach(row)


def _breach(row: Sequence[Any]) -> Breach:
    from supportq.store.rows import pauses_from

    ticket, kind, started_at, target_s, due_at, breached_at, cause, *rest, pauses = row
    cells: tuple[Any, ...] = (
        ticket,
        ClockKind(kind),
        parse_stamp(started_at),
        target_s,
        parse_stamp(due_at),
        parse_stamp(breached_at) if breached_at else None,
        Cause(cause) if cause else None,
        *rest,
        pauses_from(pauses),
    )
    return Breach(*cells)


def _clocks_in(scope: Scope) -> str:
    """Return the condition that a clock's ticket is in the scope; an undone ticket has no clocks."""
    if scope == EVERYTHING:
        return "true"
    return f"clock.ticket_id in (select ticket.id from ticket where {scope.condition})"
