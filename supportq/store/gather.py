"""New rows of one transaction: their ids are given out at once, they are written together."""

import sqlite3
import zlib
from collections.abc import Collection, Sequence
from dataclasses import field
from datetime import datetime
from typing import Any

from supportq.model.channel import Channel
from supportq.model.customer import Address, Person
from supportq.model.event import Event
from supportq.model.message import Author, Direction
from supportq.store.rows import EVENT_COLUMNS, row_of_event
from supportq.values import dataclass
from supportq.when.stamps import format_stamp

_COMPRESS_FROM = 1024

STATEMENTS = {
    "change": "insert into change (id, verb, actor, recorded_at, reason_id, takes_back) values (?, ?, ?, ?, ?, ?)",
    "text": "insert into text (id, kind, body) values (?, ?, ?)",
    "organisation": "insert into organisation (id, name) values (?, ?)",
    "customer": "insert into customer (id, name, organisation_id, language, created_at) values (?, ?, ?, ?, ?)",
    "learned": ("update customer set name = ?, organisation_id = ?, language = ?, named_since_event = ? where id = ?"),
    "address": "insert into address (kind, key, value, customer_id, since_event) values (?, ?, ?, ?, ?)",
    "message": (
        "insert into message (id, ticket_id, origin_ticket_id, direction, author, channel, at, recorded_at, "
        "customer_id, agent, automatic, live, subject_id, body, external_id, why_thread, delivery) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    ),
    "original": "insert into original (message_id, is_compressed, bytes) values (?, ?, ?)",
    "outbox": "insert into outbox (message_id, account, queued_at, next_try_at, home) values (?, ?, ?, ?, home())",
    "blob": "insert into blob (hash, size, bytes) values (?, ?, ?) on conflict (hash) do nothing",
    "attachment": "insert into attachment (message_id, name, content_type, hash) values (?, ?, ?, ?)",
    "event": f"insert into event ({EVENT_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "source_key": (
        "insert or replace into source_key (source, key, ticket_id, message_id, row_hash) values (?, ?, ?, ?, ?)"
    ),
    "source_fact": "insert or replace into source_fact (ticket_id, name, value) values (?, ?, ?)",
}

_ROOTS = frozenset({"change", "text", "organisation", "customer", "learned", "address"})


@dataclass(frozen=True, slots=True)
class Saying:
    """A message or note about to be kept; `original` are its bytes where they differ from `body`."""

    direction: Direction
    author: Author
    channel: Channel
    body: str
    at: datetime
    agent: str | None = None
    customer_id: int | None = None
    automatic: bool = False
    live: bool = False
    subject_id: int | None = None
    external_id: str | None = None
    why_thread: str | None = None
    delivery: str | None = None
    original: bytes | None = None


@dataclass(slots=True, eq=False)
class Gathered:
    """Rows waiting to be written, by table."""

    last_ids: dict[str, int]
    rows: dict[str, list[Sequence[Any]]] = field(default_factory=lambda: {table: [] for table in STATEMENTS})

    @classmethod
    def start(cls, connection: sqlite3.Connection) -> "Gathered":
        """Begin after the ids that the queue has given out; the caller holds the write lock."""
        return cls(dict(connection.execute("select name, seq from sqlite_sequence").fetchall()))

    def next_id(self, table: str) -> int:
        """Give out the next id of a table; no id is ever given out twice."""
        number = self.last_ids.get(table, 0) + 1
        self.last_ids[table] = number
        return number

    @property
    def coming_event(self) -> int:
        """Return the id that the next event gets."""
        return self.last_ids.get("event", 0) + 1

    def add(self, table: str, *values: Any) -> None:
        """Take in a row, its values in the order of its statement."""
        self.rows[table].append(values)

    def add_text(self, kind: str, body: str) -> int:
        """Take in a text and return its id."""
        number = self.next_id("text")
        self.rows["text"].append((number, kind, body))
        return number

    def add_event(self, event: Event) -> None:
        """Take in an event."""
        self.rows["event"].append(row_of_event(event))

    def add_message(self, ticket_id: int, saying: Saying, now: datetime) -> int:
        """Take in a message and return its id."""
        number = self.next_id("message")
        self.rows["message"].append(
            (
                number,
                ticket_id,
                ticket_id,
                saying.direction.value,
                saying.author.value,
                saying.channel.value,
                format_stamp(saying.at),
                format_stamp(now),
                saying.customer_id,
                saying.agent,
                int(saying.automatic),
                int(saying.live),
                saying.subject_id,
                saying.body,
                saying.external_id,
                saying.why_thread,
                saying.delivery,
            )
        )
        if saying.original is not None:
            self._add_original(number, saying.original)
        return number

    def _add_original(self, message_id: int, data: bytes) -> None:
        is_large = len(data) >= _COMPRESS_FROM
        self.add("original", message_id, int(is_large), zlib.compress(data) if is_large else data)

    def add_person(self, person: Person, organisation_id: int | None, now: datetime) -> int:
        """Take in a new customer with every address and return the customer's id."""
        number = self.next_id("customer")
        self.add("customer", number, person.name, organisation_id, person.language, format_stamp(now))
        for address in person.addresses:
            self.add_address(address, number)
        return number

    def add_address(self, address: Address, customer: int) -> None:
        """Take in an address of a customer."""
        self.add("address", address.kind.value, address.key, address.value, customer, address.since)

    def write_roots(self, connection: sqlite3.Connection) -> None:
        """Write what tickets refer to."""
        self._write(connection, _ROOTS)

    def write_leaves(self, connection: sqlite3.Connection) -> None:
        """Write what refers to tickets, which are there by now.

        A row whose parent comes later would make SQLite look for such rows in whole tables, once for each parent.
        """
        self._write(connection, STATEMENTS.keys() - _ROOTS)

    def _write(self, connection: sqlite3.Connection, tables: Collection[str]) -> None:
        for table, statement in STATEMENTS.items():
            if table in tables and self.rows[table]:
                connection.executemany(statement, self.rows[table])
                self.rows[table].clear()
