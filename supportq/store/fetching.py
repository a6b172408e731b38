"""How far each mailbox was fetched, what is unfinished there, and when that went well or wrong."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from itertools import chain

from supportq.store.queue import Queue
from supportq.values import dataclass
from supportq.when.stamps import find_stamp, format_stamp

CURSOR = "select validity, last_uid from mail_fetch where mailbox = :mailbox"

BEGIN = """
insert into mail_fetch (mailbox, account, validity, last_uid)
values (:mailbox, :account, :validity, 0)
on conflict (mailbox) do update set account = excluded.account
"""

START_OVER = """
update mail_fetch
set validity = :validity, last_uid = 0
where mailbox = :mailbox and validity <> :validity
"""

FORGET_LEFT = "delete from mail_left where mailbox = :mailbox"

ADVANCE = """
update mail_fetch
set last_uid = max(last_uid, :uid)
where mailbox = :mailbox and validity = :validity
"""

LEFT = "select uid, refused from mail_left where mailbox = :mailbox order by uid"

LEAVE = """
insert into mail_left (mailbox, uid, refused)
values (?, ?, ?)
on conflict (mailbox, uid) do update set refused = excluded.refused
"""

FINISH = """
delete from mail_left
where mailbox = :mailbox and uid in (select value from json_each(:uids))
"""

SUCCEEDED = "update mail_fetch set fetched_at = :now, failed_at = null, failure = null where mailbox = :mailbox"

FAILED = "update mail_fetch set failed_at = :now, failure = :failure where mailbox = :mailbox"

FETCHES = """
select mail_fetch.account, mail_fetch.mailbox, mail_fetch.fetched_at, mail_fetch.failed_at, mail_fetch.failure,
  count(mail_left.refused)
from mail_fetch
left join mail_left on mail_left.mailbox = mail_fetch.mailbox
group by mail_fetch.mailbox
order by mail_fetch.account, mail_fetch.mailbox
"""


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a mailbox was fetched: up to this number, for as long as its numbers have this validity."""

    mailbox: str
    validity: int
    last: int


@dataclass(frozen=True, slots=True)
class Fetched:
    """How fetching a mailbox goes: when it went well, since when it doesn't and why, and how many mails it refuses."""

    account: str
    mailbox: str
    at: datetime | None
    failed_at: datetime | None
    failure: str
    refused: int


def begin(queue: Queue, mailbox: str, account: str, validity: int, *, dry_run: bool = False) -> Cursor:
    """Return how far a mailbox was fetched; where its numbers have another validity, it is fetched from its start."""
    with queue.writing(dry_run=dry_run) as connection:
        told = {"mailbox": mailbox, "account": account, "validity": validity}
        connection.execute(BEGIN, told)
        if connection.execute(START_OVER, told).rowcount:
            connection.execute(FORGET_LEFT, told)
        last: int = connection.execute(CURSOR, told).fetchone()[1]
        return Cursor(mailbox, validity, last)


def left(connection: sqlite3.Connection, mailbox: str) -> dict[int, str | None]:
    """Return the mails that are unfinished, each with why it was refused; None for one that was taken."""
    return dict(connection.execute(LEFT, {"mailbox": mailbox}).fetchall())


def note(connection: sqlite3.Connection, cursor: Cursor, taken: Collection[int], refused: Mapping[int, str]) -> None:
    """Note mails as fetched: those taken, of which the server is still to be told, and those refused, and why."""
    unfinished = chain(((uid, None) for uid in taken), refused.items())
    connection.executemany(LEAVE, ((cursor.mailbox, uid, why) for uid, why in unfinished))
    _advance(connection, cursor, max(chain(taken, refused), default=0))


def finish(queue: Queue, mailbox: str, uids: Iterable[int]) -> None:
    """Forget mails with which nothing remains to be done."""
    with queue.writing() as connection:
        connection.execute(FINISH, {"mailbox": mailbox, "uids": json.dumps(list(uids))})


def succeed(queue: Queue, cursor: Cursor, uid: int, now: datetime) -> None:
    """Note that all of a mailbox up to this number was fetched."""
    with queue.writing() as connection:
        _advance(connection, cursor, uid)
        connection.execute(SUCCEEDED, {"mailbox": cursor.mailbox, "now": format_stamp(now)})


def fail(queue: Queue, mailbox: str, account: str, why: str, now: datetime) -> None:
    """Note why a mailbox could not be fetched."""
    with queue.writing() as connection:
        connection.execute(BEGIN, {"mailbox": mailbox, "account": account, "validity": 0})
        connection.execute(FAILED, {"mailbox": mailbox, "failure": why, "now": format_stamp(now)})


def fetches(connection: sqlite3.Connection) -> list[Fetched]:
    """Return how fetching goes for every mailbox that was ever tried."""
    return [
        Fetched(account, mailbox, find_stamp(at or ""), find_stamp(failed_at or ""), failure or "", refused)
        for account, mailbox, at, failed_at, failure, refused in connection.execute(FETCHES)
    ]


def _advance(connection: sqlite3.Connection, cursor: Cursor, uid: int) -> None:
    """Note that a mailbox was fetched up to this number, unless another process came further, or started over."""
    told = {"mailbox": cursor.mailbox, "validity": cursor.validity, "uid": uid}
    connection.execute(ADVANCE, told)
