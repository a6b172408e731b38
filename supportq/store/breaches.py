"""Promises that are late, were missed or are at risk, found by their due moments."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from supportq.model.clock import Cause, ClockKind, Level, Pause
from supportq.store.conditions import CUSTOMER, REPLY_ON_ITS_WAY, STATUS_NOW
from supportq.store.dangers import LATER, RUNS, in_danger
from supportq.store.queue import Queue
from supportq.store.scope import EVERYTHING, Scope
from supportq.values import dataclass
from supportq.when.stamps import format_stamp, parse_stamp

BREACHES = """
select
  clock.ticket_id, clock.kind, clock.ordinal, clock.started_at, clock.target_s, clock.due_at,
  case when clock.due_at < :now then coalesce(clock.breached_at, clock.due_at) end,
  case when clock.due_at < :now then coalesce(clock.cause, 'late') end,
  clock.stopped_at,
  clock.policy, clock.hours, clock.settings_id, ticket.team, ticket.assignee, ticket.priority,
  ticket.channel, ticket.line, {status}, {reply}, coalesce(text.body, ''), coalesce({customer}, ''),
  clock.pauses
from clock
join ticket on ticket.id = clock.ticket_id
left join text on text.id = ticket.subject_id
where {danger} and clock.alarms = 1 and {scope}
order by clock.due_at, clock.ticket_id, clock.kind
limit :limit
"""

NAMES = """
select clock.ticket_id, clock.kind, clock.ordinal
from clock
where {danger} and clock.alarms = 1 and {scope}
"""

COUNT = """
select count(*)
from clock
where {danger} and clock.alarms = {alarms} and {scope}
"""

COUNT_TICKETS = """
select count(*)
from (
  select clock.ticket_id
  from clock
  where {late} and clock.alarms = 1 and {scope}
  union
  select clock.ticket_id
  from clock
  where {at_risk} and clock.alarms = 1 and {scope}
  union
  select value
  from json_each(:tickets)
)
"""

TALLIES = """
select ticket.team, ticket.priority, count(*), min(clock.due_at)
from clock
join ticket on ticket.id = clock.ticket_id
where {danger} and clock.alarms = 1 and {scope}
group by ticket.team, ticket.priority
"""

ANY = """
select exists (
  select 1
  from clock
  where {danger} and clock.alarms = 1 and {scope}
)
"""

NEXT_DUE = """
select clock.ticket_id, clock.due_at
from clock
where {runs} and clock.alarms = 1 and clock.due_at >= :now and clock.due_at < '9999' and {scope}
order by clock.due_at
limit 1
"""

Name = tuple[int, ClockKind, int]
"""A clock by its ticket, its kind and which of that kind it is."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A promise that is late, was missed or is at risk, and who holds its ticket now."""

    ticket_id: int
    kind: ClockKind
    ordinal: int
    started_at: datetime
    target_s: int
    due_at: datetime
    breached_at: datetime | None
    cause: Cause | None
    stopped_at: datetime | None
    policy: str
    hours: str
    settings_id: int
    team: str | None
    agent: str | None
    priority: str
    channel: str
    line: int
    status: str
    reply: str | None
    subject: str
    customer: str
    pauses: tuple[Pause, ...]

    @property
    def name(self) -> Name:
        """Return which clock it is."""
        return self.ticket_id, self.kind, self.ordinal

    @property
    def level(self) -> Level:
        """Return how bad it is."""
        if self.stopped_at is not None:
            return Level.MISSED
        return Level.AT_RISK if self.breached_at is None else Level.LATE


@dataclass(frozen=True, slots=True)
class Tally:
    """How many promises of a team's tickets of one priority there are, and when the first of them is due."""

    team: str | None
    priority: str
    count: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Lookout:
    """Which promises to watch, from when on they are at risk, and as of which moment.

    With `untold_by` those alone that the check of this name has not told yet.
    """

    now: datetime
    horizon: datetime
    scope: Scope = EVERYTHING
    untold_by: str = ""

    @property
    def parameters(self) -> dict[str, Any]:
        """Return the parameters that every statement of this module names."""
        return {
            **self.scope.parameters,
            "now": format_stamp(self.now),
            "horizon": format_stamp(self.horizon),
            "untold_by": self.untold_by,
            "tickets": "[]",
        }


def is_any(queue: Queue, level: Level, lookout: Lookout) -> bool:
    """Tell whether a promise is late, or at risk and not late yet: one look into an index."""
    return _ask(queue, ANY, level, lookout) == 1


def count(queue: Queue, level: Level, lookout: Lookout) -> int:
    """Return how many promises are late, or at risk and not late yet."""
    return _ask(queue, COUNT, level, lookout)


def count_without_alarm(queue: Queue, lookout: Lookout) -> int:
    """Return how many late promises raise no alarm, since their tickets are older than `enforce_from`."""
    return _ask(queue, COUNT, Level.LATE, lookout, alarms=0)


def count_tickets(queue: Queue, lookout: Lookout, others: Iterable[int] = ()) -> int:
    """Return how many tickets have a promise that is late or at risk, or are among the others."""
    late, at_risk = (in_danger(level, lookout.untold_by) for level in (Level.LATE, Level.AT_RISK))
    scope = _clocks_in(lookout.scope)
    statement = COUNT_TICKETS.format(late=late, at_risk=at_risk, scope=scope)
    parameters = {**lookout.parameters, "tickets": _array(others)}
    found: int = queue.connection.execute(statement, parameters).fetchone()[0]
    return found


def tallies(queue: Queue, level: Level, lookout: Lookout) -> list[Tally]:
    """Return what is late, or at risk and not late yet, by team and priority."""
    statement = _filled(TALLIES, level, lookout)
    rows = queue.connection.execute(statement, lookout.parameters)
    return [Tally(team, priority, number, parse_stamp(due_at)) for team, priority, number, due_at in rows]


def names(queue: Queue, level: Level, lookout: Lookout) -> list[Name]:
    """Return which clocks are late, or at risk and not late yet."""
    rows = queue.connection.execute(_filled(NAMES, level, lookout), lookout.parameters)
    return [(row[0], ClockKind(row[1]), row[2]) for row in rows]


def iter_breaches(queue: Queue, level: Level, lookout: Lookout, limit: int | None = None) -> Iterator[Breach]:
    """Yield what is late, the longest overdue first, or at risk, the next due first."""
    return _read(queue, in_danger(level, lookout.untold_by), lookout, {"limit": -1 if limit is None else limit})


def iter_missed(queue: Queue, lookout: Lookout, tickets: Iterable[int]) -> Iterator[Breach]:
    """Yield the promises of these tickets that were broken and have ended."""
    return _read(queue, in_danger(Level.MISSED, lookout.untold_by), lookout, {"limit": -1, "tickets": _array(tickets)})


def iter_later(queue: Queue, lookout: Lookout, limit: int) -> Iterator[Breach]:
    """Yield the promises that are due next after those at risk."""
    return _read(queue, LATER, lookout, {"limit": limit})


def find_next_due(queue: Queue, lookout: Lookout) -> tuple[int, datetime] | None:
    """Return the ticket whose promise is due next, and when."""
    statement = NEXT_DUE.format(runs=RUNS, scope=_clocks_in(lookout.scope))
    row = queue.connection.execute(statement, lookout.parameters).fetchone()
    return (row[0], parse_stamp(row[1])) if row else None


def _ask(queue: Queue, statement: str, level: Level, lookout: Lookout, alarms: int = 1) -> int:
    filled = _filled(statement, level, lookout, alarms)
    return int(queue.connection.execute(filled, lookout.parameters).fetchone()[0])


def _filled(statement: str, level: Level, lookout: Lookout, alarms: int = 1) -> str:
    scope = _clocks_in(lookout.scope)
    return statement.format(danger=in_danger(level, lookout.untold_by), scope=scope, alarms=alarms)


def _read(queue: Queue, danger: str, lookout: Lookout, more: dict[str, Any]) -> Iterator[Breach]:
    statement = BREACHES.format(
        status=STATUS_NOW,
        reply=REPLY_ON_ITS_WAY,
        customer=CUSTOMER,
        danger=danger,
        scope=lookout.scope.condition,
    )
    return map(_breach, queue.connection.execute(statement, {**lookout.parameters, **more}))


def _breach(row: Sequence[Any]) -> Breach:
    from supportq.store.rows import pauses_from

    ticket, kind, ordinal, started_at, target_s, due_at, breached_at, cause, stopped_at, *rest, pauses = row
    cells: tuple[Any, ...] = (
        ticket,
        ClockKind(kind),
        ordinal,
        parse_stamp(started_at),
        target_s,
        parse_stamp(due_at),
        parse_stamp(breached_at) if breached_at else None,
        Cause(cause) if cause else None,
        parse_stamp(stopped_at) if stopped_at else None,
        *rest,
        pauses_from(pauses),
    )
    return Breach(*cells)


def _array(numbers: Iterable[int]) -> str:
    return f"[{','.join(map(str, numbers))}]"


def _clocks_in(scope: Scope) -> str:
    """Return the condition that a clock's ticket is in the scope; an undone ticket has no clocks."""
    if scope == EVERYTHING:
        return "true"
    return f"exists (select 1 from ticket where ticket.id = clock.ticket_id and {scope.condition})"
