"""Texts: subjects and the like, kept in rows of their own and named by their ids."""

import json
import sqlite3
from collections.abc import Iterable

BY_ID = "select id, body from text where id in (select value from json_each(:ids))"


def read_texts(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, str]:
    """Return these texts by their ids."""
    return dict(connection.execute(BY_ID, {"ids": json.dumps(list(ids))}).fetchall())
