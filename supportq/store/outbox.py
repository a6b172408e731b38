"""The outbox: what waits to be sent, who is at it, and how the last try ended.

How far a message has come is its `delivery`. All of it follows from events but `sending`: that is claimed here, under
the write lock, so that no two processes ever send the same.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from supportq.model.message import Delivery
from supportq.store.conditions import WAITING
from supportq.values import dataclass
from supportq.when.stamps import FOREVER, format_stamp, parse_stamp

_ADDRESS = """
(
  select value
  from address
  where customer_id = customer.id and case
    when message.channel = 'email' then kind = 'email'
    when message.channel in ('sms', 'phone', 'whatsapp') then kind = 'phone'
    else kind in ('handle', 'phone')
  end
  order by kind, key
  limit 1
)
"""

_COLUMNS = f"""
outbox.message_id, message.ticket_id, outbox.account, message.delivery, outbox.queued_at, outbox.next_try_at,
outbox.tries, outbox.claimed_by, outbox.claimed_at, outbox.said, coalesce({_ADDRESS}, customer.name, ''),
coalesce(text.body, ''),
outbox.home = home(), outbox.owed
"""

_JOINED = """
from message
join outbox on outbox.message_id = message.id
join ticket on ticket.id = message.ticket_id
left join customer on customer.id = ticket.customer_id
left join text on text.id = ticket.subject_id
where message.undone = 0
"""

_OPEN = f"""
message.id in (
  select id
  from message
  where {WAITING}
  union all
  select message_id
  from outbox
  where owed <> '[]'
)
"""
"""True of a message that is not known to have reached everybody for whom it was meant; both halves have an index."""

_AWAITS_A_TRY = f"""
(message.delivery = 'queued' or message.delivery = 'sent' and outbox.owed <> '[]')
and outbox.next_try_at < '{format_stamp(FOREVER)}'
"""

ALL = f"select {_COLUMNS} {_JOINED} order by message.id"

UNSETTLED = f"select {_COLUMNS} {_JOINED} and {_OPEN} order by message.id"

NAMED = f"select {_COLUMNS} {_JOINED} and message.id in (select value from json_each(:messages)) order by message.id"

_IS_DUE = f"""
outbox.next_try_at <= :now and outbox.home = home() and {_AWAITS_A_TRY} and message.undone = 0
and (:only is null or outbox.message_id in (select value from json_each(:only)))
"""

DUE = f"""
select distinct outbox.account
from outbox
join message on message.id = outbox.message_id
where {_IS_DUE}
"""

CLAIM = f"""
update outbox
set claimed_by = :by, claimed_at = :now, tries = tries + 1, next_try_at = '{format_stamp(FOREVER)}'
where message_id = (
  select outbox.message_id
  from outbox
  join message on message.id = outbox.message_id
  where outbox.account = :account and {_IS_DUE}
  order by outbox.next_try_at, outbox.message_id
  limit 1
)
returning message_id
"""

MARK = "update message set delivery = 'sending' where id = :message and delivery = 'queued'"

RELEASE = "update message set delivery = 'queued' where id = :message and delivery = 'sending'"

NOTE = "update outbox set said = :said, next_try_at = :next_try_at where message_id = :message"

OWE = "update outbox set owed = :owed where message_id = :message"

DOUBT = "update outbox set claimed_by = null, claimed_at = null where message_id = :message"

AGAIN = """
update outbox
set said = '', next_try_at = :now, queued_at = :now, tries = 0, home = home()
where message_id = :message
"""

OVERDUE = f"""
select {_COLUMNS} {_JOINED}
and {_OPEN} and {_AWAITS_A_TRY} and account = :account and queued_at < :before
"""

LATER = f"""
select {_COLUMNS} {_JOINED}
and {_AWAITS_A_TRY} and outbox.home = home() and next_try_at > :now
order by next_try_at, message.id
"""

WAITING_FOR = f"""
select ticket_id, message.id
from message
where {WAITING} and delivery = 'queued' and undone = 0 and ticket_id in (select value from json_each(:tickets))
order by message.id
"""

GONE = """
select event.ticket_id, message.delivery
from event
join message on message.id = json_extract(event.data, '$.message')
where event.change_id in (select value from json_each(:changes))
  and (
    (event.kind in ('queued', 'acknowledged', 'notified') and message.delivery in ('sending', 'sent', 'maybe_sent'))
    or (event.kind in ('sent', 'failed', 'unsure')
      and event.change_id in (select id from change where verb = 'send'))
  )
limit 1
"""

QUEUED_IN = """
select json_extract(data, '$.message')
from event
where change_id = :change and kind in ('queued', 'notified')
"""

MOST_TRIES = f"""
select coalesce(max(tries), 0)
from message
join outbox on outbox.message_id = message.id
where {_OPEN} and {_AWAITS_A_TRY} and undone = 0 and account = :account
"""

POSTPONE = f"""
update outbox
set said = :said, next_try_at = :until, tries = tries + :is_try
where account = :account and next_try_at <= :now
  and (owed <> '[]' or message_id in (select id from message where {WAITING} and delivery = 'queued'))
"""


OVERTAKEN = """
select message.ticket_id, message.id
from json_each(:messages) as wanted
cross join message on message.id = wanted.value and message.author = 'agent'
where exists (
  select 1
  from message as later
  where later.ticket_id = message.ticket_id and later.id > message.id and later.direction = 'in'
    and later.automatic = 0 and later.undone = 0
)
order by message.id
"""


@dataclass(frozen=True, slots=True)
class Posted:
    """A message in the outbox: how far it is, who claimed it and when, and what was said of it last.

    What is not at home came with a copy of the queue in whose outbox it was put, and that one sends it. `owed` are the
    addresses to which a copy is still to go.
    """

    id: int
    ticket: int
    account: str
    delivery: Delivery
    queued_at: datetime
    next_try_at: datetime
    tries: int
    claimed_by: str
    claimed_at: datetime | None
    said: str
    customer: str
    subject: str
    is_at_home: bool
    owed: tuple[str, ...] = ()

    @property
    def is_copies(self) -> bool:
        """Tell whether the customer has it, and only copies are still to go out."""
        return self.delivery is Delivery.SENT and bool(self.owed)

    @property
    def is_claimed(self) -> bool:
        """Tell whether somebody is sending it, or was when they were stopped."""
        return self.delivery is Delivery.SENDING or (self.is_copies and self.next_try_at == FOREVER)

    @property
    def is_in_doubt(self) -> bool:
        """Tell whether it is settled that nobody knows whether it was sent."""
        return self.delivery is Delivery.MAYBE_SENT or (self.is_copies and self.is_claimed and not self.claimed_by)


def everything(connection: sqlite3.Connection) -> list[Posted]:
    """Return all that ever was in the outbox and counts, in the order in which it was written."""
    return _posted(connection, ALL)


def unsettled(connection: sqlite3.Connection) -> list[Posted]:
    """Return what is not known to have been sent, and was not cancelled."""
    return _posted(connection, UNSETTLED)


def named(connection: sqlite3.Connection, messages: Iterable[int]) -> list[Posted]:
    """Return these messages, as far as they were ever in the outbox and count."""
    return _posted(connection, NAMED, messages=json.dumps(list(messages)))


def accounts_due(connection: sqlite3.Connection, now: datetime, only: Collection[int] | None = None) -> list[str]:
    """Return the accounts that have something to send now, among some messages only or all."""
    told = {"now": format_stamp(now), "only": _listed(only)}
    return [row[0] for row in connection.execute(DUE, told)]


def claim(
    connection: sqlite3.Connection, account: str, *, by: str, now: datetime, only: Collection[int] | None = None
) -> Posted | None:
    """Claim what an account has to send next, among some messages only or all; the caller holds the write lock."""
    told = {"by": by, "now": format_stamp(now), "account": account, "only": _listed(only)}
    row = connection.execute(CLAIM, told).fetchone()
    if row is None:
        return None
    connection.execute(MARK, {"message": row[0]})
    return named(connection, row)[0]


def release(connection: sqlite3.Connection, message: int, *, until: datetime, said: str) -> None:
    """Put a claimed message back, to be tried again from a moment on."""
    connection.execute(RELEASE, {"message": message})
    note(connection, message, said, until=until)


def note(connection: sqlite3.Connection, message: int, said: str, *, until: datetime = FOREVER) -> None:
    """Keep what was said of a message, and when it is tried again."""
    connection.execute(NOTE, {"message": message, "said": said, "next_try_at": format_stamp(until)})


def owe(connection: sqlite3.Connection, message: int, addresses: Sequence[str]) -> None:
    """Keep to whom a copy of a message is still to go."""
    connection.execute(OWE, {"message": message, "owed": json.dumps(list(addresses))})


def doubt(connection: sqlite3.Connection, message: int, said: str) -> None:
    """Keep that nobody knows whether the copies of a message were sent, and why."""
    connection.execute(DOUBT, {"message": message})
    note(connection, message, said)


def try_again(connection: sqlite3.Connection, message: int, now: datetime) -> None:
    """Let a message be sent from here, as if it had just been written."""
    connection.execute(AGAIN, {"message": message, "now": format_stamp(now)})


def gone_by(connection: sqlite3.Connection, changes: Iterable[int]) -> tuple[int, Delivery] | None:
    """Return a ticket about which these changes sent a mail, or tried to, and how far that is; None where none did."""
    row = connection.execute(GONE, {"changes": json.dumps(list(changes))}).fetchone()
    return (row[0], Delivery(row[1])) if row else None


def queued_in(connection: sqlite3.Connection, change: int) -> list[int]:
    """Return the messages that a change put into the outbox."""
    return [row[0] for row in connection.execute(QUEUED_IN, {"change": change})]


def overtaken(connection: sqlite3.Connection, messages: Iterable[int]) -> list[tuple[int, int]]:
    """Return which of these messages an agent wrote before the last word of a customer, each after its ticket."""
    return connection.execute(OVERTAKEN, {"messages": json.dumps(list(messages))}).fetchall()


def waiting(connection: sqlite3.Connection, now: datetime) -> list[Posted]:
    """Return what is to be sent later than now, the soonest first."""
    return _posted(connection, LATER, now=format_stamp(now))


def waiting_for(connection: sqlite3.Connection, tickets: Collection[int]) -> dict[int, list[int]]:
    """Return for each of these tickets the messages that wait to be sent about it, as far as there are any."""
    found: dict[int, list[int]] = {}
    for ticket, message in connection.execute(WAITING_FOR, {"tickets": _listed(tickets)}):
        found.setdefault(ticket, []).append(message)
    return found


def overdue(connection: sqlite3.Connection, account: str, before: datetime) -> list[Posted]:
    """Return what an account has not sent although it was written before a moment."""
    return _posted(connection, OVERDUE, account=account, before=format_stamp(before))


def most_tries(connection: sqlite3.Connection, account: str) -> int:
    """Return how often the mail of an account was tried that still waits and was tried most."""
    tries: int = connection.execute(MOST_TRIES, {"account": account}).fetchone()[0]
    return tries


def postpone(  # noqa: PLR0913 - each is a fact of its own
    connection: sqlite3.Connection, account: str, *, now: datetime, until: datetime, said: str, is_try: bool
) -> None:
    """Let all that an account has to send now wait; it counts as a try where its server can't be reached."""
    stamps = {"now": format_stamp(now), "until": format_stamp(until)}
    connection.execute(POSTPONE, {"account": account, "said": said, "is_try": is_try, **stamps})


def _listed(messages: Collection[int] | None) -> str | None:
    return None if messages is None else json.dumps(list(messages))


def _posted(connection: sqlite3.Connection, statement: str, **told: str) -> list[Posted]:
    return [_from_row(row) for row in connection.execute(statement, told)]


def _from_row(row: Sequence[Any]) -> Posted:
    return Posted(
        id=row[0],
        ticket=row[1],
        account=row[2],
        delivery=Delivery(row[3]),
        queued_at=parse_stamp(row[4]),
        next_try_at=parse_stamp(row[5]),
        tries=row[6],
        claimed_by=row[7] or "",
        claimed_at=parse_stamp(row[8]) if row[8] else None,
        said=row[9],
        customer=row[10],
        subject=row[11],
        is_at_home=bool(row[12]),
        owed=tuple(json.loads(row[13])),
    )
