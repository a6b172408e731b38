"""What each check for breaches has told, so that nothing is told twice and nothing is left out."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from supportq.model.clock import ClockKind, Level
from supportq.store.breaches import Name
from supportq.store.queue import Queue
from supportq.values import dataclass
from supportq.when.stamps import format_stamp

LAST_RUN = "select event_id from breach_check where name = :check"

LATEST_EVENT = "select coalesce(max(id), 0) from event"

TOUCHED_SINCE = """
select distinct clock.ticket_id
from clock
where clock.standing = 'missed' and clock.alarms = 1
  and clock.ticket_id in (select ticket_id from event where id > :event)
order by clock.ticket_id
"""

TOLD = """
select ticket_id, kind, ordinal
from breach_told
where check_name = :check and ticket_id in (select value from json_each(:tickets)) and level = :level
"""

KEEP_RUN = """
insert into breach_check (name, ran_at, event_id)
values (:check, :now, :event)
on conflict (name) do update set ran_at = excluded.ran_at, event_id = max(event_id, excluded.event_id)
"""

KEEP_TOLD = """
insert or ignore into breach_told (ticket_id, kind, ordinal, level, check_name, told_at)
values (?, ?, ?, ?, ?, ?)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a check: the last event that earlier runs have taken account of, and the last one there is."""

    check: str
    seen: int
    latest: int


def begin(queue: Queue, check: str) -> Run:
    """Return where a check goes on; the first run has nothing to catch up with."""
    latest: int = queue.connection.execute(LATEST_EVENT).fetchone()[0]
    row = queue.connection.execute(LAST_RUN, {"check": check}).fetchone()
    return Run(check, row[0] if row else latest, latest)


def touched_since(queue: Queue, run: Run) -> list[int]:
    """Return the tickets with broken promises that are over, and of which an event came in since the last run."""
    return [row[0] for row in queue.connection.execute(TOUCHED_SINCE, {"event": run.seen})]


def told(queue: Queue, run: Run, tickets: Iterable[int], level: Level) -> Iterator[Name]:
    """Yield the clocks of these tickets that the check has told of at this level."""
    parameters = {"check": run.check, "tickets": json.dumps(list(tickets)), "level": level}
    return ((row[0], ClockKind(row[1]), row[2]) for row in queue.connection.execute(TOLD, parameters))


def remember(queue: Queue, run: Run, names: Iterable[tuple[Level, Name]], now: datetime, *, caught_up: bool) -> None:
    """Keep what a run has told and, if it has held nothing back, how far it has come."""
    stamp = format_stamp(now)
    event = run.latest if caught_up else run.seen
    with queue.writing() as connection:
        connection.execute(KEEP_RUN, {"check": run.check, "now": stamp, "event": event})
        connection.executemany(KEEP_TOLD, ((*name, level, run.check, stamp) for level, name in names))
