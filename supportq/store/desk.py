"""What a queue knows of itself: its id, when it was made, and the key that its mail is signed with."""

import sqlite3
from datetime import datetime

from supportq.when.stamps import format_stamp

INSERT = "insert into desk (key, value) values (?, ?)"

INSERT_KEY = "insert into desk (key, value) values ('signing_key', :key) on conflict (key) do nothing"

QUEUE_ID = "select value from desk where key = 'id'"


def write_desk(connection: sqlite3.Connection, now: datetime, *, signing_key: str) -> None:
    """Give a new queue its identity."""
    from uuid import uuid4

    rows = [("id", str(uuid4())), ("created_at", format_stamp(now)), ("signing_key", signing_key)]
    connection.executemany(INSERT, rows)


def give_key(connection: sqlite3.Connection, signing_key: str) -> None:
    """Give a queue a key, unless it has one."""
    connection.execute(INSERT_KEY, {"key": signing_key})


def queue_id(connection: sqlite3.Connection) -> str:
    """Return the queue's own id, the same in every copy of it."""
    value: str = connection.execute(QUEUE_ID).fetchone()[0]
    return value
