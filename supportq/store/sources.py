"""Sources: what was imported before, known again by its key."""

import json
import sqlite3
from collections.abc import Iterable

from supportq.values import dataclass

KNOWN = """
select source_key.key, source_key.ticket_id, source_key.message_id, source_key.row_hash, message.customer_id
from json_each(:keys) as wanted
cross join source_key on source_key.source = :source and source_key.key = wanted.value
join message on message.id = source_key.message_id
where message.undone = 0
"""


FACTS = "select name, value from source_fact where ticket_id = :ticket"

FORGET_ROWS = """
update source_key
set row_hash = ''
where ticket_id in (
  select ticket_id
  from event
  where change_id = :change
  group by ticket_id
  having max(kind = 'created') = 0 and max(json_extract(data, '$.learned') is null)
)
"""


@dataclass(frozen=True, slots=True)
class Known:
    """What a key stands for: its ticket and message, a digest of the row that they came from, and who wrote it."""

    ticket_id: int
    message_id: int
    digest: str
    customer_id: int | None = None


def known(connection: sqlite3.Connection, source: str, keys: Iterable[str]) -> dict[str, Known]:
    """Return what these keys of a source stand for, as far as it is in the queue and was not undone."""
    rows = connection.execute(KNOWN, {"source": source, "keys": json.dumps(list(keys))})
    return {key: Known(*found) for key, *found in rows}


def facts_of(connection: sqlite3.Connection, ticket: int) -> dict[str, str]:
    """Return what other desks said of a ticket that nobody here understands, by its names."""
    return dict(connection.execute(FACTS, {"ticket": ticket}).fetchall())


def tickets_of_threads(connection: sqlite3.Connection, source: str, threads: Iterable[str]) -> dict[str, int]:
    """Return the ticket with which each of these threads goes on: that of its last message, else that of the key."""
    wanted = list(threads)
    found = known(connection, source, wanted) | known(connection, of_threads(source), wanted)
    return {thread: entry.ticket_id for thread, entry in found.items()}


def forget_rows(connection: sqlite3.Connection, change: int) -> None:
    """Forget what rows said last, where a change that is taken back renewed tickets by them: they may come again.

    Rows that say the same as ever, and only taught who somebody is, may come again anyhow.
    """
    connection.execute(FORGET_ROWS, {"change": change})


def of_threads(source: str) -> str:
    """Return the name under which the threads of a source are kept, apart from the keys of its inquiries."""
    return f"{source} threads"
