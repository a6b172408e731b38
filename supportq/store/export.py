"""A queue as lines of JSON, one for each row that was ever recorded, in an order that can be read back."""

import base64
import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from supportq.store.queue import Queue
from supportq.store.scope import EVERYTHING, Scope
from supportq.values import dataclass

SECRETS = ("signing_key",)
"""What a queue knows and never tells."""

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
    Part("organisation", "organisation", "id", f"id in (select organisation_id from customer where id in {_PEOPLE})"),
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
    Part("event", "event", "id", f"ticket_id in {_CHOSEN}", json=("data",)),
)


def iter_lines(queue: Queue, scope: Scope) -> Iterator[str]:
    """Yield a line for each row, of one state of the queue however long this takes.

    `record` says what a line is, the other keys are the columns of the table; bytes are base64. Projections other
    than the ticket itself are left out: they follow from the events.
    """
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    with queue.reading() as connection:
        for part in PARTS:
            for row in _rows(connection, part, scope):
                yield encode(row) + "\n"


def _rows(connection: sqlite3.Connection, part: Part, scope: Scope) -> Iterator[dict[str, Any]]:
    cursor = connection.execute(part.statement(scope), dict(scope.parameters))
    names = [column[0] for column in cursor.description]
    for cells in cursor:
        row = dict(zip(names, cells, strict=True))
        if part.record == "desk" and row["key"] in SECRETS:
            continue
        for name in part.json:
            row[name] = json.loads(row[name])
        if isinstance(row.get("bytes"), bytes):
            row["bytes"] = base64.b64encode(row["bytes"]).decode("ascii")
        yield {"record": part.record, **row}
