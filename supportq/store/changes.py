"""Changes: who did what and when, what was taken back, and by what."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from supportq.errors import NotFound
from supportq.model.event import Event
from supportq.store.rows import EVENT_COLUMNS, event_from_row
from supportq.values import dataclass
from supportq.when.stamps import EPOCH, format_stamp, parse_stamp

_COLUMNS = """
change.id, change.verb, change.actor, change.recorded_at, coalesce(text.body, ''), change.takes_back,
change.taken_back_by,
(select id from settings_version where change_id = change.id),
(select count(distinct ticket_id) from event where change_id = change.id),
(select min(ticket_id) from event where change_id = change.id),
change.unfinished is not null
"""

ONE = f"""
select {_COLUMNS}
from change
left join text on text.id = change.reason_id
where change.id = :id
"""

ALL = f"""
select {_COLUMNS}
from change
left join text on text.id = change.reason_id
where change.recorded_at >= :since and (:actor is null or change.actor = :actor)
order by change.id desc
"""

OF_TICKETS = f"""
select {_COLUMNS}
from change
left join text on text.id = change.reason_id
where change.id in (
    select event.change_id
    from json_each(:tickets) as wanted
    join event on event.ticket_id = wanted.value
  )
  and change.recorded_at >= :since and (:actor is null or change.actor = :actor)
order by change.id desc
"""

UNDOABLE = f"""
select {_COLUMNS}
from change
left join text on text.id = change.reason_id
where change.actor = :actor and change.takes_back is null and change.taken_back_by is null and change.verb <> 'init'
order by change.id desc
"""

TOOK_IN = frozenset({"fetch", "deliver"})
"""Verbs by which mail comes in: nobody's deed, whoever's crontab it was, and often gone from its server afterwards."""

REDOABLE = f"""
select {_COLUMNS}
from change as undo
join change on change.id = undo.takes_back
left join text on text.id = change.reason_id
where undo.actor = :actor and undo.verb = 'undo' and undo.taken_back_by is null
order by undo.id desc
"""

EVENTS = f"""
select {EVENT_COLUMNS}
from event
where change_id = :change and ticket_id = :ticket
order by id
"""

CREATED = """
select count(*)
from event
where change_id = :change and kind = 'created'
"""

TOLD_MORE = """
select ticket_id
from event
where change_id = :change and kind in ('created', 'asked', 'replied', 'noted')
group by ticket_id
having sum(kind <> 'created') > 1 or max(kind = 'created') = 0
"""

LATER = """
with recursive doomed (id) as (
  select :change
  union
  select later.change_id
  from doomed
  join event as created on created.change_id = doomed.id and created.kind = 'created'
  join event as later on later.ticket_id = created.ticket_id and later.change_id <> created.change_id
  join change on change.id = later.change_id
  where later.kind not in ('undone', 'redone') and change.taken_back_by is null
)
select id
from doomed
where id <> :change
order by id
"""

OF_VERB = "select id from change where verb = :verb and id in (select value from json_each(:changes))"

TOGETHER = "select id from change where taken_back_by = :by order by id"

MARK = "update change set taken_back_by = :by where id = :change"

BEGUN = """
select id
from change
where unfinished = :mark and verb = :verb and actor = :actor and taken_back_by is null
order by id desc
"""

KEEP_MARK = "update change set unfinished = :mark where id = :change"

COUNTS = "select 1 from change where id = :change and taken_back_by is null"

MARK_TAKER = "update change set takes_back = :change where id = :by"


@dataclass(frozen=True, slots=True)
class Record:
    """One change: `takes_back` names the one that it undoes or redoes, `version` the settings that it applied.

    `is_unfinished` tells that it was interrupted, or is going on.
    """

    id: int
    verb: str
    actor: str
    at: datetime
    reason: str
    takes_back: int | None
    taken_back_by: int | None
    version: int | None
    ticket_count: int
    first_ticket: int | None
    is_unfinished: bool


def get_change(connection: sqlite3.Connection, number: int) -> Record:
    """Return one change; raise NotFound."""
    row = connection.execute(ONE, {"id": number}).fetchone()
    if row is None:
        raise NotFound(f"no change {number} in this queue", "see them: supportq changes")
    return _record(row)


def iter_changes(
    connection: sqlite3.Connection,
    *,
    since: datetime | None = None,
    actor: str | None = None,
    tickets: Sequence[int] | None = None,
) -> Iterator[Record]:
    """Yield changes, newest first: all of them, those of an agent, those that touched some of these tickets."""
    parameters = {"since": format_stamp(since or EPOCH), "actor": actor}
    if tickets is None:
        return map(_record, connection.execute(ALL, parameters))
    return map(_record, connection.execute(OF_TICKETS, parameters | {"tickets": json.dumps(list(tickets))}))


def iter_undoable(connection: sqlite3.Connection, actor: str) -> Iterator[Record]:
    """Yield the changes of an agent that count and could be undone, newest first."""
    return map(_record, connection.execute(UNDOABLE, {"actor": actor}))


def iter_deeds(connection: sqlite3.Connection, actor: str) -> Iterator[Record]:
    """Yield the same but for those by which mail came in."""
    return (record for record in iter_undoable(connection, actor) if record.verb not in TOOK_IN)


def iter_redoable(connection: sqlite3.Connection, actor: str) -> Iterator[Record]:
    """Yield the changes that an agent undid and that could be put back, the last undone first."""
    return map(_record, connection.execute(REDOABLE, {"actor": actor}))


def events_of(connection: sqlite3.Connection, change: int, ticket: int) -> list[Event]:
    """Return what a change recorded about one ticket."""
    return [event_from_row(row) for row in connection.execute(EVENTS, {"change": change, "ticket": ticket})]


def count_created(connection: sqlite3.Connection, change: int) -> int:
    """Return how many tickets a change created."""
    count: int = connection.execute(CREATED, {"change": change}).fetchone()[0]
    return count


def told_more(connection: sqlite3.Connection, change: int) -> set[int]:
    """Return the tickets that a change told more than the word that opens one."""
    return {row[0] for row in connection.execute(TOLD_MORE, {"change": change})}


def later_work(connection: sqlite3.Connection, change: int) -> list[int]:
    """Return the changes that count and worked on tickets which this change created, or such a change in its turn."""
    return [row[0] for row in connection.execute(LATER, {"change": change})]


def of_verb(connection: sqlite3.Connection, verb: str, changes: Iterable[int]) -> set[int]:
    """Return which of these changes a certain verb made."""
    rows = connection.execute(OF_VERB, {"verb": verb, "changes": json.dumps(list(changes))})
    return {row[0] for row in rows}


def taken_back_by(connection: sqlite3.Connection, change: int) -> list[int]:
    """Return the changes that a change takes back."""
    return [row[0] for row in connection.execute(TOGETHER, {"by": change})]


def mark_taken_back(connection: sqlite3.Connection, change: int, by: int, later: Sequence[int] = ()) -> None:
    """Note that a change is taken back by another, later ones with it, and the other what it takes back."""
    connection.executemany(MARK, [{"change": each, "by": by} for each in (change, *later)])
    connection.execute(MARK_TAKER, {"change": change, "by": by})


def find_begun(connection: sqlite3.Connection, verb: str, actor: str, mark: str) -> int:
    """Return the last change of an agent that counts and went no further than a mark names; 0 where none did."""
    row = connection.execute(BEGUN, {"verb": verb, "actor": actor, "mark": mark}).fetchone()
    return int(row[0]) if row else 0


def keep_mark(connection: sqlite3.Connection, change: int, mark: str | None) -> None:
    """Note how far a change came, or with None that it is finished."""
    connection.execute(KEEP_MARK, {"change": change, "mark": mark})


def counts(connection: sqlite3.Connection, change: int) -> bool:
    """Tell whether a change was not taken back."""
    return connection.execute(COUNTS, {"change": change}).fetchone() is not None


def mark_counting(connection: sqlite3.Connection, changes: Sequence[int]) -> None:
    """Note that changes count again."""
    connection.executemany(MARK, [{"change": each, "by": None} for each in changes])


def _record(row: Sequence[Any]) -> Record:
    number, verb, actor, at, *rest = row
    return Record(number, verb, actor, parse_stamp(at), *rest)
