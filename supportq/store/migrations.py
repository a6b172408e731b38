"""The steps from one stored form to the next: numbered, forward only, never edited once released."""

import sqlite3
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x53515545
"""What SQLite's header says of a queue file: the letters SQUE."""

LATEST = 11
"""How many steps there are; SQLite's `user_version` of a queue says how many it has taken."""

REFOLDED = 11
"""The last step that projects something new from every history; a queue without it is folded anew."""


def _statements(script: str) -> Iterator[str]:
    gathered = ""
    for line in script.splitlines(keepends=True):
        gathered += line
        if sqlite3.complete_statement(gathered):
            yield gathered.strip()
            gathered = ""


def _lay_the_ground(database: "Database") -> None:
    from supportq.store import schema

    for script in (schema.TABLES, schema.INDEXES, schema.GUARDS, schema.SEARCH, schema.VIEWS):
        _lay(database, script)


def _remember_what_checks_told(database: "Database") -> None:
    from supportq.store import schema

    _lay(database, schema.CHECKS)


def _find_verdicts_by_their_date(database: "Database") -> None:
    from supportq.store import schema

    _lay(database, schema.DECIDED)


def _find_mail_by_its_name(database: "Database") -> None:
    from supportq.store import schema

    _lay(database, schema.NAMED)


def _know_whose_promises_settings_keep(database: "Database") -> None:
    from supportq.store import schema

    _lay(database, schema.PROMISED)


def _know_when_customers_were_known_by_what(database: "Database") -> None:
    from supportq.store import schema

    _lay(database, schema.LEARNED)


def _know_when_tickets_were_rated(database: "Database") -> None:
    from supportq.store import schema

    _lay(database, schema.RATED)


def _send_what_is_written(database: "Database") -> None:
    from supportq.store import schema

    _lay(database, schema.OUTBOX)


def _keep_how_tickets_came_to_be_resolved(database: "Database") -> None:
    from supportq.store import schema

    _lay(database, schema.COURSES)


def _know_what_was_fetched(database: "Database") -> None:
    from supportq.store import schema

    _lay(database, schema.FETCHED)


def _keep_how_tickets_ended(database: "Database") -> None:
    from supportq.store import schema

    _lay(database, schema.ENDINGS)


def _lay(database: "Database", script: str) -> None:
    for statement in _statements(script):
        database.execute(statement)


Steps = tuple[tuple[str, Callable[["Database"], None]], ...]

STEPS: Steps = (
    ("0001 lay the ground", _lay_the_ground),
    ("0002 remember what checks told", _remember_what_checks_told),
    ("0003 find verdicts by their date", _find_verdicts_by_their_date),
    ("0004 find mail by its name", _find_mail_by_its_name),
    ("0005 know whose promises settings keep", _know_whose_promises_settings_keep),
    ("0006 know when customers were known by what", _know_when_customers_were_known_by_what),
    ("0007 know when tickets were rated", _know_when_tickets_were_rated),
    ("0008 send what is written", _send_what_is_written),
    ("0009 keep how tickets came to be resolved", _keep_how_tickets_came_to_be_resolved),
    ("0010 know what was fetched", _know_what_was_fetched),
    ("0011 keep how tickets ended", _keep_how_tickets_ended),
)


def migrate(connection: sqlite3.Connection, steps: Steps = STEPS) -> None:
    """Take the steps that this queue has not taken; the caller holds the write lock."""
    from sqlite_utils import Database, Migrations

    migrations = Migrations("supportq")
    for name, step in steps:
        migrations(name=name)(step)
    migrations.apply(Database(connection, execute_plugins=False))
    connection.execute(f"pragma user_version = {len(steps)}")
