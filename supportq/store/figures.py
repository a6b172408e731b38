"""Figures for reports: arrivals, verdicts on promises, and what was open, as plain values."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from supportq.model.event import Event
from supportq.store.conditions import IS_ACTIVE
from supportq.store.histories import read_histories
from supportq.store.queue import Queue
from supportq.store.scope import Scope
from supportq.values import dataclass
from supportq.when.stamps import format_stamp

IS_AUTOMATIC = """
(select min(soft) from clock as first where first.ticket_id = ticket.id and first.kind = 'first_response') = 1
"""
"""True of tickets that a machine opened and no person has written in since: all they were promised is soft."""

OUTSIDE = f"""
case
  when ticket.merged_into is not null then 'merged'
  when ticket.status = 'spam' then 'spam'
  when {IS_AUTOMATIC} then 'automatic'
end
"""

_OF_TICKET = "ticket.channel, ticket.line, ticket.category, ticket.language"

ARRIVALS = f"""
select ticket.created_at, ticket.team, ticket.assignee, ticket.priority, {_OF_TICKET}, {OUTSIDE}
from ticket
where ticket.undone = 0 and ticket.created_at >= :since and ticket.created_at < :until and {{scope}}
order by ticket.created_at
"""

DECIDED_AT = "coalesce(clock.breached_at, clock.stopped_at)"
"""Written as in the index `clock_decided`, so that it is used."""

VERDICTS = f"""
select
  coalesce({DECIDED_AT}, min(clock.due_at, :now)) as dated_at,
  clock.team, clock.assignee, clock.priority, {_OF_TICKET}, {OUTSIDE}, clock.ticket_id, clock.kind,
  case
    when clock.standing in ('running', 'paused') then iif(clock.due_at < :now, 'missed', 'running')
    else clock.standing
  end,
  coalesce(clock.cause, clock.why_void, 'late')
from clock
join ticket on ticket.id = clock.ticket_id
where ticket.undone = 0 and dated_at >= :since and dated_at < :until and {{scope}}
  and clock.ticket_id in (
    select ticket_id
    from clock
    where {DECIDED_AT} >= :since and {DECIDED_AT} < :until
    union
    select ticket_id
    from clock
    where standing in ('running', 'paused') and min(due_at, :now) >= :since and min(due_at, :now) < :until
  )
order by ticket.id
"""

OPEN_SINCE = f"""
select ticket.created_at, ticket.team, ticket.assignee, ticket.priority, {_OF_TICKET}, {OUTSIDE}, ticket.updated_at
from ticket
where ticket.undone = 0 and {IS_ACTIVE} and ticket.updated_at <= :last and {{scope}}
"""

CHANGED_SINCE = f"""
select ticket.id, {OUTSIDE}, ticket.created_at, ticket.updated_at
from ticket
where ticket.undone = 0 and ticket.created_at <= :last and ticket.updated_at > :first and {{scope}}
order by ticket.id
"""

_BATCH = 1000


class Counted(NamedTuple):
    """Something to count: the moment that dates it (as stored), who held it, and why it is left out, if it is."""

    dated_at: str
    team: str | None
    agent: str | None
    priority: str
    channel: str
    line: int
    category: str | None
    language: str | None
    outside: str | None


class Verdict(NamedTuple):
    """What became of one promise, and by which cause: met, missed, void, no_data, or still running in time."""

    counted: Counted
    ticket_id: int
    kind: str
    standing: str
    cause: str


@dataclass(frozen=True, slots=True)
class Span:
    """The moments from `since` until just before `until`, asked about at `now`, of the tickets in `scope`."""

    since: datetime
    until: datetime
    now: datetime
    scope: Scope

    def parameters(self) -> dict[str, object]:
        """Return the parameters that the statements of this module name."""
        named = {"since": self.since, "until": self.until, "now": self.now}
        return {**self.scope.parameters, **{name: format_stamp(moment) for name, moment in named.items()}}


def iter_arrivals(queue: Queue, span: Span) -> Iterator[Counted]:
    """Yield the tickets that were created in a span, in that order."""
    statement = ARRIVALS.format(scope=span.scope.condition)
    return map(Counted._make, queue.connection.execute(statement, span.parameters()))


def iter_verdicts(queue: Queue, span: Span) -> Iterator[Verdict]:
    """Yield the promises whose verdict falls into a span, ticket by ticket; one still running is dated now."""
    statement = VERDICTS.format(scope=span.scope.condition)
    return (Verdict(Counted._make(row[:9]), *row[9:]) for row in queue.connection.execute(statement, span.parameters()))


def iter_open(queue: Queue, last: datetime, scope: Scope) -> Iterator[tuple[Counted, str]]:
    """Yield the tickets that are active, each with the moment since which nothing has happened to it, up to a last."""
    statement = OPEN_SINCE.format(scope=scope.condition)
    for row in queue.connection.execute(statement, {**scope.parameters, "last": format_stamp(last)}):
        yield Counted._make(row[:-1]), row[-1]


def iter_changed(queue: Queue, moments: Sequence[datetime], scope: Scope) -> Iterator[tuple[list[Event], str | None]]:
    """Yield the histories of tickets to which something has happened since one of these moments, the earliest first.

    Only those that were there at that moment; each with the reason for which it is left out, if it is.
    """
    stamps = [format_stamp(moment) for moment in moments]
    statement = CHANGED_SINCE.format(scope=scope.condition)
    rows = queue.connection.execute(statement, {**scope.parameters, "first": stamps[0], "last": stamps[-1]})
    outside = {
        number: why
        for number, why, created_at, updated_at in rows
        if bisect_left(stamps, created_at) < bisect_left(stamps, updated_at)
    }
    numbers = list(outside)
    for start in range(0, len(numbers), _BATCH):
        for number, history in read_histories(queue.connection, numbers[start : start + _BATCH]).items():
            yield history, outside[number]
