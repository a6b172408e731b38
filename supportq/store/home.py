"""The home of a mail: the file in whose outbox it was put, which alone sends it.

A file is told from its copies by its number in its file system, which stays when the file is moved or the machine
started anew. Copies that we make lose the home, since a copy may be put back under the very number.
"""

import sqlite3
from pathlib import Path

NOWHERE = ""

FORGET = f"update outbox set home = '{NOWHERE}' where home <> '{NOWHERE}'"

HAS_OUTBOX = "select 1 from pragma_table_info('outbox') where name = 'home'"


def home_of(file: Path) -> str:
    """Return what tells the file of a queue from every copy of it; SQL knows it as `home()`."""
    return str(file.stat().st_ino)


def forget_homes(connection: sqlite3.Connection) -> None:
    """Let no mail be at home here, as in a copy: whether it was sent, the original knows."""
    if connection.execute(HAS_OUTBOX).fetchone():
        connection.execute(FORGET)
