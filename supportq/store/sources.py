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


TICKETS_BY_SOURCE = """
with recursive known(source) as (
  select min(source) from source_key
  union all
  select (select min(source_key.source) from source_key where source_key.source > known.source)
  from known
  where known.source is not null
)
select source_key.source, source_key.key
from known
cross join json_each(:keys) as wanted
cross join source_key on source_key.source = known.source and source_key.key = wanted.value
join message on message.id = source_key.message_id
where message.undone = 0 and known.source not in ('mail', 'mail that is missing')
"""

FACTS = "select name, value from source_fact where ticket_id = :ticket"

MARK_ROWS = """
update source_key
set row_hash = replace(row_hash, :before, :after)
where ticket_id in (select ticket_id from event where change_id = :change)
"""


@dataclass(frozen=True, slots=True)
class Known:
    """What a key stands for: its ticket and message, the digests of the rows that they came from, and who wrote it.

    `row_hash` is the digest of the first row, and for each that renewed it since the number of that change, with a
    minus where it was taken back, and another digest.
    """

    ticket_id: int
    message_id: int
    row_hash: str
    customer_id: int | None = None

    @property
    def digest(self) -> str:
        """Return the digest of the last row that counts."""
        first, *rest = self.row_hash.split(" ")
        counting = [digest for change, digest in zip(rest[::2], rest[1::2], strict=True) if not change.endswith("-")]
        return (counting or [first])[-1]

    def renewed(self, change: int, digest: str) -> str:
        """Return the digests with one more, of a row by which a change renews what the key stands for."""
        return self.row_hash if digest == self.digest else f"{self.row_hash} {change} {digest}"


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


def mark_rows(connection: sqlite3.Connection, numbers: Iterable[int], *, counts: bool) -> None:
    """Note that the rows by which these changes renewed tickets count no more, or again: others are known instead."""
    for change in numbers:
        forms = (f" {change}- ", f" {change} ")
        before, after = forms if counts else reversed(forms)
        connection.execute(MARK_ROWS, {"change": change, "before": before, "after": after})


def tickets_by_source(connection: sqlite3.Connection, threads: Iterable[str]) -> dict[str, set[str]]:
    """Return which of these threads are known, by the sources that know them."""
    found: dict[str, set[str]] = {}
    for source, key in connection.execute(TICKETS_BY_SOURCE, {"keys": json.dumps(list(threads))}):
        found.setdefault(source.removesuffix(_THREADS), set()).add(key)
    return found


def of_threads(source: str) -> str:
    """Return the name under which the threads of a source are kept, apart from the keys of its inquiries."""
    return f"{source}{_THREADS}"


_THREADS = " threads"
