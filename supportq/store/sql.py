"""Questions in SQL from whoever works at the desk: answered, never obeyed."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from supportq.errors import SupportqError, UsageError
from supportq.store.queue import Queue
from supportq.values import dataclass

_HARMLESS = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
_ASKED_BY_SEARCH = "data_version"
"""The pragma that the search index reads."""

_STEPS = 100_000
"""So many steps of SQLite may pass before Ctrl-C is heard."""

WAKE_SEARCH = "select rowid from search limit 0"
"""Let the search index set itself up, which takes more than reading."""

SCHEMA = """
select type, name, sql
from sqlite_schema
where sql is not null and name not like 'sqlite_%' and name not like 'search_%'
order by case type when 'view' then 0 when 'table' then 1 when 'index' then 2 else 3 end, rowid
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """The names of an answer's columns, each of them once, and its rows as they come."""

    names: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


def ask(queue: Queue, query: str) -> Answer:
    """Answer one query; raise UsageError for one that would change something or that SQLite can't make sense of."""
    if not query.strip(" \t\r\n;"):
        raise UsageError("no query", "such as: supportq sql 'select team, count(*) from ticket_view group by team'")
    connection = queue.connection
    connection.execute("pragma query_only = on")
    connection.execute(WAKE_SEARCH)
    connection.set_authorizer(_authorise)
    connection.set_progress_handler(lambda: 0, _STEPS)
    try:
        cursor = connection.execute(query)
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise _in_our_words(error) from error
    names = _told_apart([column[0] for column in cursor.description or ()])
    return Answer(names, _rows(cursor))


def schema_of(queue: Queue) -> str:
    """Return the statements that made the views, tables and indexes: views first, since they are the interface."""
    rows = queue.connection.execute(SCHEMA)
    return "".join(f"{statement};\n\n" for _, _, statement in rows).rstrip("\n") + "\n"


def _authorise(action: int, first: str | None, second: str | None, *_rest: str | None) -> int:
    if action in _HARMLESS or (action == sqlite3.SQLITE_PRAGMA and first == _ASKED_BY_SEARCH and second is None):
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def _rows(cursor: sqlite3.Cursor) -> Iterator[tuple[Any, ...]]:
    try:
        yield from cursor
    except sqlite3.Error as error:
        raise _in_our_words(error) from error


def _in_our_words(error: Exception) -> BaseException:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    said = str(error).rstrip(".")
    if code == sqlite3.SQLITE_INTERRUPT:
        return KeyboardInterrupt()
    if code in {sqlite3.SQLITE_AUTH, sqlite3.SQLITE_READONLY} or said == "not authorized":
        return UsageError("this query does more than read; nothing was changed", "change tickets with: supportq set")
    if code == sqlite3.SQLITE_ERROR or isinstance(error, sqlite3.ProgrammingError | sqlite3.Warning):
        return UsageError(f"SQL: {said[:1].lower()}{said[1:]}", "see the views and tables: supportq sql --schema")
    return SupportqError(f"SQL: {said}", "check the queue: supportq doctor")


def _told_apart(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names with a number behind each that was there before."""
    found: list[str] = []
    for name in names:
        count = 2
        unique = name
        while unique in found:
            unique, count = f"{name}_{count}", count + 1
        found.append(unique)
    return tuple(found)
