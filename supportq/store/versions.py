"""Versions of the settings: which is in force, what came before, who applied it and when."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from supportq.errors import NotFound
from supportq.settings.stored import from_json
from supportq.settings.values import Settings
from supportq.values import dataclass
from supportq.when.stamps import format_stamp, parse_stamp

if TYPE_CHECKING:
    from supportq.sla.terms import Book, Terms

CURRENT_CHECKED = "select checked from settings_version order by id desc limit 1"

CHECKED_BY_ID = """
select settings_version.checked, settings_version.applied_at, settings_version.last_event, taken_back.id
from settings_version
join change on change.id = settings_version.change_id
left join settings_version as taken_back on taken_back.change_id = change.takes_back
where settings_version.id = :id
"""

IDS = "select id from settings_version order by id"

PROMISES_OF = "select id, promises_of from settings_version where promises_of is not null"

OF_CHANGE = "select id from settings_version where change_id = :change"

LATEST_ID = "select max(id) from settings_version"

TEXT_BY_ID = "select text from settings_version where id = :id"

HISTORY = """
select settings_version.id, settings_version.applied_at, change.actor, coalesce(text.body, ''),
  settings_version.change_id, change.verb, settings_version.text
from settings_version
join change on change.id = settings_version.change_id
left join text on text.id = change.reason_id
order by settings_version.id desc
"""

INSERT_VERSION = """
insert into settings_version (id, text, checked, applied_at, change_id, promises_of, last_event)
values (:id, :text, :checked, :applied_at, :change, :promises_of, :last_event)
"""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the settings, and the command that applied it."""

    id: int
    applied_at: datetime
    actor: str
    reason: str
    change_id: int
    verb: str
    text: str


@dataclass(frozen=True, slots=True)
class News:
    """Checked settings about to be applied, after an event, maybe by taking back a change."""

    checked: str
    applied_at: datetime
    last_event: int = 0
    takes_back: int | None = None


def current_settings(connection: sqlite3.Connection) -> Settings:
    """Return the settings in force."""
    return from_json(connection.execute(CURRENT_CHECKED).fetchone()[0])


def book_of(connection: sqlite3.Connection) -> "Book":
    """Return the terms of every version, each loaded when it is first asked for."""
    from supportq.settings.terms import terms_of
    from supportq.sla.terms import Book

    def load(settings_id: int) -> "Terms":
        checked, applied_at, last_event, takes_back = connection.execute(CHECKED_BY_ID, {"id": settings_id}).fetchone()
        terms = terms_of(from_json(checked), settings_id, parse_stamp(applied_at))
        return replace(terms, last_event=last_event, takes_back=takes_back)

    return Book(version_ids(connection), load, promises_of=dict(connection.execute(PROMISES_OF)))


def book_with(book: "Book", connection: sqlite3.Connection, news: News) -> "Book":
    """Return a book with checked settings as its newest version.

    Where they promise what is promised already, they keep those promises, unless some are to be taken back.
    """
    from supportq.settings.terms import promise_alike, terms_of
    from supportq.sla.terms import Book

    number = max(book.ids, default=0) + 1
    settings, promises_of = from_json(news.checked), dict(book.promises_of)
    undone = news.takes_back and connection.execute(OF_CHANGE, {"change": news.takes_back}).fetchone()[0]
    if book.ids and (undone is None or undone in promises_of):
        origin = book.origin(book.latest_id)
        known, applied_at, *_ = connection.execute(CHECKED_BY_ID, {"id": origin}).fetchone()
        if promise_alike(from_json(known), parse_stamp(applied_at), settings, news.applied_at):
            promises_of[number] = origin
    terms = replace(terms_of(settings, number, news.applied_at), last_event=news.last_event, takes_back=undone)
    return Book((*book.ids, number), book.load, {number: terms}, promises_of)


def version_ids(connection: sqlite3.Connection) -> tuple[int, ...]:
    """Return the numbers of all versions, oldest first."""
    return tuple(row[0] for row in connection.execute(IDS))


def latest_id(connection: sqlite3.Connection) -> int:
    """Return the number of the version in force."""
    number: int = connection.execute(LATEST_ID).fetchone()[0]
    return number


def text_of(connection: sqlite3.Connection, version: int) -> str:
    """Return the TOML text of a version; raise NotFound."""
    row = connection.execute(TEXT_BY_ID, {"id": version}).fetchone()
    if row is None:
        raise NotFound(f"no version {version} of the settings", "see them all: supportq config history")
    text: str = row[0]
    return text


def history_of(connection: sqlite3.Connection) -> Iterator[Version]:
    """Yield every version, newest first."""
    for row in connection.execute(HISTORY):
        yield Version(row[0], parse_stamp(row[1]), *row[2:])


def add_version(connection: sqlite3.Connection, book: "Book", text: str, checked: str, change: int) -> None:
    """Keep a checked text as the newest version of a book."""
    number = book.latest_id
    terms = book.loaded[number]
    parameters = {"id": number, "text": text, "checked": checked, "change": change, "last_event": terms.last_event}
    promised = {"applied_at": format_stamp(terms.applied_at), "promises_of": book.promises_of.get(number)}
    connection.execute(INSERT_VERSION, parameters | promised)
