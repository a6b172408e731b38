"""The home of a mail: the file in whose outbox it was put, which alone sends it; and the file that fetches.

A file is told from its copies by its number in its file system, which stays when the file is moved or the machine
started anew. Copies that we make lose the home, since a copy may be put back under the very number.
"""

import sqlite3
from pathlib import Path

from supportq.errors import SupportqError

NOWHERE = ""

FORGET = f"update outbox set home = '{NOWHERE}' where home <> '{NOWHERE}'"

HAS_OUTBOX = "select 1 from pragma_table_info('outbox') where name = 'home'"

MAIL_HOME = "mail_home"

SETTLE = f"insert into desk (key, value) values ('{MAIL_HOME}', home()) on conflict (key) do nothing"

MOVE_IN = f"insert or replace into desk (key, value) values ('{MAIL_HOME}', home())"

MOVE_OUT = f"update desk set value = '{NOWHERE}' where key = '{MAIL_HOME}'"

IS_AT_HOME = f"select value = home() from desk where key = '{MAIL_HOME}'"


class NotAtHome(SupportqError):
    """A copy of a queue, which would take the mail away that the original is to get."""

    def __init__(self) -> None:
        super().__init__(
            "this file is a copy of a queue, and would take away what the original fetches",
            "to look only: supportq fetch -n      to go on in place of the original: supportq fetch --here",
        )


def home_of(file: Path) -> str:
    """Return what tells the file of a queue from every copy of it; SQL knows it as `home()`."""
    return str(file.stat().st_ino)


def fetch_here(connection: sqlite3.Connection, *, moves_in: bool = False) -> None:
    """Let this file be the one that fetches mail; raise NotAtHome where another is, unless this one moves in."""
    connection.execute(MOVE_IN if moves_in else SETTLE)
    if not connection.execute(IS_AT_HOME).fetchone()[0]:
        raise NotAtHome


def fetches_elsewhere(connection: sqlite3.Connection) -> bool:
    """Tell whether another file fetches mail, of which this one is a copy."""
    row = connection.execute(IS_AT_HOME).fetchone()
    return row is not None and not row[0]


def forget_homes(connection: sqlite3.Connection) -> None:
    """Let no mail be at home here, as in a copy: whether it was sent, the original knows, and fetches what comes."""
    if connection.execute(HAS_OUTBOX).fetchone():
        connection.execute(FORGET)
        connection.execute(MOVE_OUT)
