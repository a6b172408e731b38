"""What is looked at to tell whether a queue file is whole: SQLite's own checks, and what our tables owe each other."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from supportq.store import migrations

MESSAGES_WITHOUT_EVENT = """
with named as (select json_extract(data, '$.message') as id from event)
select id
from message
where id not in (select id from named where id is not null)
limit :limit
"""

EVENTS_WITHOUT_MESSAGE = """
select event.id
from event
left join message on message.id = json_extract(event.data, '$.message')
where json_extract(event.data, '$.message') is not null and message.id is null
limit :limit
"""

EVENTS_WITHOUT_TEXT = """
select event.id
from event
where (json_extract(data, '$.subject') is not null and json_extract(data, '$.subject') not in (select id from text))
  or (json_extract(data, '$.reason') is not null and json_extract(data, '$.reason') not in (select id from text))
limit :limit
"""

TICKETS_WITHOUT_HISTORY = """
select id
from ticket
where id not in (select ticket_id from event)
limit :limit
"""

MAILS_WITHOUT_OUTBOX = """
select message.id
from message
join original on original.message_id = message.id
where message.delivery in ('queued', 'sending') and message.undone = 0
  and message.id not in (select message_id from outbox)
limit :limit
"""

WRONGLY_MARKED = """
with told as (
  select json_extract(data, '$.change') as change_id, kind, max(id)
  from event
  where kind in ('undone', 'redone')
  group by 1
)
select change.id
from change
left join told on told.change_id = change.id
where change.takes_back is null
  and change.id not in (select change_id from settings_version)
  and coalesce(told.kind = 'undone', 0) <> (change.taken_back_by is not null)
limit :limit
"""

MARK_RIGHTLY = """
update change
set taken_back_by = (
  select case kind when 'undone' then change_id end
  from event
  where kind in ('undone', 'redone') and json_extract(data, '$.change') = change.id
  order by id desc
  limit 1
)
where id = :change
"""

HELD_BY_STRANGERS = """
select 'team', team, json_group_array(id)
from ticket
where undone = 0 and status in ('new', 'open', 'pending', 'on_hold')
  and team is not null and team not in (select value from json_each(:teams))
group by team
union all
select 'agent', assignee, json_group_array(id)
from ticket
where undone = 0 and status in ('new', 'open', 'pending', 'on_hold')
  and assignee is not null and assignee not in (select value from json_each(:agents))
group by assignee
"""

RECORDED_LATER = "select count(*), max(recorded_at) from event where recorded_at > :now"

PARTS = "select type, name, sql from sqlite_schema where sql is not null and name not like 'sqlite_%'"

SEARCH_IS_WHOLE = "insert into search (search, rank) values ('integrity-check', 1)"

REBUILD_SEARCH = "insert into search (search) values ('rebuild')"

LIMIT = {"limit": 10}


def damage(connection: sqlite3.Connection) -> list[str]:
    """Return what SQLite finds wrong with the file's pages, in its own words."""
    return [row[0] for row in connection.execute("pragma integrity_check(10)") if row[0] != "ok"]


def broken_references(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield rows that name a row which is not there, as `table 12 -> other table`."""
    for table, row, parent, _ in connection.execute("pragma foreign_key_check").fetchmany(10):
        yield f"{table} {row} -> {parent}"


class Missing(NamedTuple):
    """What a row names and is not there: of which table the row is, by which column, and the table and id it names."""

    table: str
    column: str
    parent: str
    id: int | str


def find_missing(connection: sqlite3.Connection) -> Missing | None:
    """Return the first thing that a row names and that is not there."""
    broken = connection.execute("pragma foreign_key_check").fetchone()
    if broken is None:
        return None
    table, _, parent, number = broken
    keys = connection.execute(
        'select "from", coalesce("to", \'id\') from pragma_foreign_key_list(?) where id = ?', (table, number)
    )
    column, key = keys.fetchone()
    lacking = f"select {column} from {table} where {column} not in (select {key} from {parent}) limit 1"
    return Missing(table, column, parent, connection.execute(lacking).fetchone()[0])


def orphans(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield what lacks its other half: messages, events, tickets."""
    for what, statement in _ORPHANS.items():
        numbers = [str(row[0]) for row in connection.execute(statement, LIMIT)]
        if numbers:
            yield f"{what}: {', '.join(numbers)}"


def wrongly_marked(connection: sqlite3.Connection) -> list[int]:
    """Return changes whose mark of being taken back is not what the events say."""
    return [row[0] for row in connection.execute(WRONGLY_MARKED, {"limit": 1000})]


def mark_rightly(connection: sqlite3.Connection, changes: list[int]) -> None:
    """Mark changes as the events say."""
    connection.executemany(MARK_RIGHTLY, [{"change": change} for change in changes])


def held_by_strangers(
    connection: sqlite3.Connection, teams: Iterable[str], agents: Iterable[str]
) -> Iterator[tuple[str, str, list[int]]]:
    """Yield every other team and agent that has open tickets, with these: "team", its name, their numbers."""
    known = {"teams": json.dumps([*teams]), "agents": json.dumps([*agents])}
    for what, name, tickets in connection.execute(HELD_BY_STRANGERS, known):
        yield what, name, json.loads(tickets)


def recorded_later(connection: sqlite3.Connection, now: str) -> tuple[int, str]:
    """Return how many events claim to be recorded after now, and the latest such moment."""
    count, latest = connection.execute(RECORDED_LATER, {"now": now}).fetchone()
    return count, latest or ""


def missing_parts(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """Return the tables, indexes, triggers and views that a queue of this version has and this one lacks, or has other.

    Each is its type, its name, and the statement that makes it.
    """
    found = set(connection.execute(PARTS))
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    try:
        fresh.create_function("casefolded", 1, str.casefold, deterministic=True)
        migrations.migrate(fresh)
        return [part for part in fresh.execute(PARTS) if part not in found]
    finally:
        fresh.close()


def make_part(connection: sqlite3.Connection, kind: str, name: str, statement: str) -> None:
    """Make an index, trigger or view as it should be; a table is never touched."""
    connection.execute(f'drop {kind} if exists "{name}"')
    connection.execute(statement)


def has_whole_search(connection: sqlite3.Connection) -> bool:
    """Tell whether the search index says what the messages say; the caller holds the write lock."""
    try:
        connection.execute(SEARCH_IS_WHOLE)
    except sqlite3.DatabaseError:
        return False
    return True


def rebuild_search(connection: sqlite3.Connection) -> None:
    """Build the search index anew."""
    connection.execute(REBUILD_SEARCH)


def is_shared_safely(connection: sqlite3.Connection) -> bool:
    """Tell whether the file has a write-ahead log, so that readers and a writer don't wait for each other."""
    return bool(connection.execute("pragma journal_mode").fetchone()[0] == "wal")


def share_safely(connection: sqlite3.Connection) -> None:
    """Give the file a write-ahead log; the caller holds no lock."""
    connection.execute("pragma journal_mode = wal")


def is_ours(connection: sqlite3.Connection) -> bool:
    """Tell whether the header says that it is a queue of this version."""
    application = connection.execute("pragma application_id").fetchone()[0]
    version = connection.execute("pragma user_version").fetchone()[0]
    return bool(application == migrations.APPLICATION_ID and version == migrations.LATEST)


_ORPHANS = {
    "messages that no event tells of": MESSAGES_WITHOUT_EVENT,
    "events that tell of a missing message": EVENTS_WITHOUT_MESSAGE,
    "events that tell of a missing text": EVENTS_WITHOUT_TEXT,
    "tickets without a history": TICKETS_WITHOUT_HISTORY,
    "mails that wait, but not in the outbox": MAILS_WITHOUT_OUTBOX,
}
