"""A queue as lines of JSON, one for each row that was ever recorded, in an order that can be read back."""

import base64
import json
import sqlite3
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

from supportq.store.home import MAIL_HOME, NOWHERE
from supportq.store.queue import Queue
from supportq.store.scope import EVERYTHING, Scope
from supportq.values import dataclass

MARK = b'{"record":"export"'
"""What an export begins with, and no file of inquiries does."""

SECRETS = ("signing_key",)
"""What a queue knows and tells nobody who does not ask for it."""

LAST_IDS = "select name, seq from sqlite_sequence order by name"

Record = dict[str, Any]

Mask = Callable[[Record], Record | None]
"""Returns a line as strangers may read it, or None for one that they may not."""

_CHOSEN = "(select ticket.id from ticket where {scope})"

_MESSAGES = f"(select id from message where ticket_id in {_CHOSEN})"

_PEOPLE = f"""
(
  select customer_id from ticket where id in {_CHOSEN}
  union
  select customer_id from message where ticket_id in {_CHOSEN}
  union
  select customer_id from participant where ticket_id in {_CHOSEN}
)
"""

_CHANGES = f"""
(
  select change_id from event where ticket_id in {_CHOSEN}
  union
  select change_id from settings_version
)
"""

_TEXTS = f"""
(
  select subject_id from ticket where id in {_CHOSEN}
  union
  select reason_id from ticket where id in {_CHOSEN}
  union
  select subject_id from message where ticket_id in {_CHOSEN}
  union
  select reason_id from change where id in {_CHANGES}
  union
  select value
  from event, json_each(event.data)
  where event.ticket_id in {_CHOSEN} and json_each.key in ('subject', 'reason', 'comment')
)
"""

_TOLD = f"ticket_id in {_CHOSEN}"

_ORGANISATIONS = f"""
(
  select organisation_id from customer where id in {_PEOPLE}
  union
  select organisation_id from ticket where id in {_CHOSEN}
)
"""

_PARTS = """
(select json_group_array(tag) from (select tag from ticket_tag where ticket_id = ticket.id order by tag)) as tags,
(select json_group_object(field, value) from ticket_field where ticket_id = ticket.id) as fields,
(
  select json_group_array(json_object('customer', customer_id, 'role', role))
  from participant
  where ticket_id = ticket.id
) as participants,
(select json_group_array(json_object('ticket', other_id, 'kind', kind)) from link where ticket_id = ticket.id) as links
"""


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one table: what is selected, which of them belong to chosen tickets, and their order."""

    record: str
    table: str
    order: str
    chosen: str = "true"
    columns: str = "*"
    json: tuple[str, ...] = ()

    def statement(self, scope: Scope) -> str:
        """Return the statement that reads the rows of a scope; of everything, those of undone tickets too."""
        chosen = "true" if scope == EVERYTHING else self.chosen.format(scope=scope.condition)
        return f"select {self.columns} from {self.table} where {chosen} order by {self.order}"


PARTS = (
    Part("desk", "desk", "key"),
    Part("text", "text", "id", f"id in {_TEXTS}"),
    Part("change", "change", "id", f"id in {_CHANGES}"),
    Part("settings", "settings_version", "id", json=("checked",)),
    Part("organisation", "organisation", "id", f"id in {_ORGANISATIONS}"),
    Part("customer", "customer", "id", f"id in {_PEOPLE}"),
    Part("address", "address", "customer_id, kind, key", f"customer_id in {_PEOPLE}"),
    Part(
        "ticket",
        "ticket",
        "id",
        f"id in {_CHOSEN}",
        columns=f"ticket.*, {_PARTS}",
        json=("tags", "fields", "participants", "links"),
    ),
    Part("message", "message", "id", f"ticket_id in {_CHOSEN}"),
    Part("original", "original", "message_id", f"message_id in {_MESSAGES}"),
    Part("blob", "blob", "hash", f"hash in (select hash from attachment where message_id in {_MESSAGES})"),
    Part("attachment", "attachment", "id", f"message_id in {_MESSAGES}"),
    Part("source_key", "source_key", "source, key", f"ticket_id in {_CHOSEN}"),
    Part("source_fact", "source_fact", "ticket_id, name", f"ticket_id in {_CHOSEN}"),
    Part("outbox", "outbox", "message_id", f"message_id in {_MESSAGES}"),
    Part("event", "event", "id", f"ticket_id in {_CHOSEN}", json=("data",)),
    Part("breach_check", "breach_check", "name", f"name in (select check_name from breach_told where {_TOLD})"),
    Part("breach_told", "breach_told", "ticket_id, kind, ordinal, level, check_name", _TOLD),
)


def is_export(head: bytes) -> bool:
    """Tell whether a file that begins so is an export of ours."""
    return head.startswith(MARK)


def iter_lines(
    queue: Queue, scope: Scope, *, keys: bool = False, is_ascii: bool = False, mask: Mask | None = None
) -> Iterator[str]:
    """Yield a line for each row, of one state of the queue however long this takes.

    `record` says what a line is, the other keys are the columns of the table; bytes are base64. The first line tells
    the stored form and the last ids that were given out, the last line how many lines stand between. Projections
    other than the ticket itself are left out: they follow from the events. Keys go out only if that is asked for.
    """
    encode = json.JSONEncoder(ensure_ascii=is_ascii, separators=(",", ":")).encode
    count = 0
    with queue.reading() as connection:
        yield encode(_header(connection)) + "\n"
        for record in chain.from_iterable(_records(connection, part, scope, keys=keys) for part in PARTS):
            told = mask(record) if mask else record
            if told is not None:
                yield encode(told) + "\n"
                count += 1
        yield encode({"record": "end", "lines": count}) + "\n"


def _header(connection: sqlite3.Connection) -> Record:
    schema = connection.execute("pragma user_version").fetchone()[0]
    return {"record": "export", "schema": schema, "last_ids": dict(connection.execute(LAST_IDS).fetchall())}


def _records(connection: sqlite3.Connection, part: Part, scope: Scope, *, keys: bool) -> Iterator[Record]:
    cursor = connection.execute(part.statement(scope), dict(scope.parameters))
    names = [column[0] for column in cursor.description]
    for cells in cursor:
        row = dict(zip(names, cells, strict=True))
        if part.record == "desk" and row["key"] in SECRETS and not keys:
            continue
        if part.record == "desk" and row["key"] == MAIL_HOME:
            row["value"] = NOWHERE
        for name in part.json:
            row[name] = json.loads(row[name])
        if isinstance(row.get("bytes"), bytes):
            row["bytes"] = base64.b64encode(row["bytes"]).decode("ascii")
        yield {"record": part.record, **row}
