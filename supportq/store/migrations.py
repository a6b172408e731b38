"""The steps from one stored form to the next: numbered, forward only, never edited once released."""

import sqlite3
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x53515545
"""What SQLite's header says of a queue file: the letters SQUE."""

LATEST = 16
"""How many steps there are; SQLite's `user_version` of a queue says how many it has taken."""

REFOLDED = 16
"""The step by which histories were last folded otherwise than before; a queue without it is folded anew."""


def _statements(script: str) -> Iterator[str]:
    gathered = ""
    for line in script.splitlines(keepends=True):
        gathered += line
        if sqlite3.complete_statement(gathered):
            yield gathered.strip()
            gathered = ""


def _by_the_script(name: str) -> "Step":
    """Return the step that a file of the schema describes."""

    def step(database: "Database") -> None:
        for statement in _statements(import_module(f"supportq.store.schema.{name}").SCRIPT):
            database.execute(statement)

    return step


Step = Callable[["Database"], None]
Steps = tuple[tuple[str, Step], ...]

STEPS: Steps = (
    ("0001 lay the ground", _by_the_script("ground")),
    ("0002 remember what checks told", _by_the_script("checks")),
    ("0003 find verdicts by their date", _by_the_script("verdicts")),
    ("0004 find mail by its name", _by_the_script("names")),
    ("0005 know whose promises settings keep", _by_the_script("promises")),
    ("0006 know when customers were known by what", _by_the_script("learned")),
    ("0007 know when tickets were rated", _by_the_script("ratings")),
    ("0008 send what is written", _by_the_script("outbox")),
    ("0009 keep how tickets came to be resolved", _by_the_script("courses")),
    ("0010 know what was fetched", _by_the_script("fetched")),
    ("0011 keep how tickets ended", _by_the_script("endings")),
    ("0012 know which file sends a mail", _by_the_script("homes")),
    ("0013 find tickets by their keys elsewhere", _by_the_script("origins")),
    ("0014 go on with an import that was interrupted", _by_the_script("unfinished")),
    ("0015 read what has a date by that date", _by_the_script("dated")),
    ("0016 know who is owed a copy", _by_the_script("owed")),
)


def migrate(connection: sqlite3.Connection, steps: Steps = STEPS) -> None:
    """Take the steps that this queue has not taken; the caller holds the write lock."""
    from sqlite_utils import Database, Migrations

    migrations = Migrations("supportq")
    for name, step in steps:
        migrations(name=name)(step)
    migrations.apply(Database(connection, execute_plugins=False))
    connection.execute(f"pragma user_version = {len(steps)}")
