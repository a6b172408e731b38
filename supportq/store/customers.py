"""Customers: found by any address, by name, by ticket."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from supportq.model.customer import Address, AddressKind, Customer
from supportq.model.event import Event, Kind

_COLUMNS = """
customer.id, customer.name, coalesce(organisation.name, ''), customer.language,
(
  select json_group_array(json_array(kind, value, since_event))
  from (select kind, value, since_event from address where customer_id = customer.id order by kind, key)
),
customer.organisation_id, customer.named_since_event
"""

CUSTOMERS_BY_ID = f"""
select {_COLUMNS}
from customer
left join organisation on organisation.id = customer.organisation_id
where customer.id in (select value from json_each(:ids))
"""

OWNERS_BY_ADDRESS = """
select address.kind, address.key, address.customer_id
from json_each(:keys) as wanted
join address on address.kind = wanted.value ->> 0 and address.key = wanted.value ->> 1
"""

CUSTOMERS_OF_TICKETS = """
select id, customer_id
from ticket
where id in (select value from json_each(:tickets)) and customer_id is not null
"""

TICKET_COUNT = "select count(*) from ticket where customer_id = :customer and undone = 0"

LAST_LANGUAGE = """
select language
from ticket
where customer_id = :customer and language <> '' and undone = 0
order by id desc
limit 1
"""

CUSTOMERS_BY_NAME = """
select id
from customer
where name = :name collate nocase
order by id
"""

CUSTOMERS_BY_NAMES = """
select customer.name, customer.id, exists (select 1 from address where customer_id = customer.id)
from json_each(:names) as wanted
cross join customer on customer.name = wanted.value collate nocase
order by customer.id
"""

CUSTOMERS_LIKE = """
select id
from customer
where instr(lower(name), lower(:words))
  or exists (select 1 from address where customer_id = customer.id and instr(key, lower(:words)))
order by id desc
limit :limit
"""

ORGANISATION_BY_NAME = "select id from organisation where name = :name"

ORGANISATIONS_BY_NAMES = """
select wanted.value, organisation.id
from json_each(:names) as wanted
cross join organisation on organisation.name = wanted.value
"""


def last_language(connection: sqlite3.Connection, customer: int) -> str | None:
    """Return the language of the last ticket of theirs that has one."""
    row = connection.execute(LAST_LANGUAGE, {"customer": customer}).fetchone()
    return row[0] if row else None


def customer_from_row(row: Sequence[Any]) -> Customer:
    """Read a customer from a row in the order of these columns."""
    addresses = tuple(Address(AddressKind(kind), value, since) for kind, value, since in json.loads(row[4]))
    return Customer(row[0], row[1], addresses, row[2], row[3], row[5], row[6])


def read_customers(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, Customer]:
    """Return these customers by their ids."""
    rows = connection.execute(CUSTOMERS_BY_ID, {"ids": json.dumps(sorted(set(ids)))})
    return {row[0]: customer_from_row(row) for row in rows}


def owners_of(connection: sqlite3.Connection, addresses: Iterable[Address]) -> dict[tuple[str, str], int]:
    """Return whose addresses these are, as far as the queue knows, by kind and key."""
    keys = json.dumps([(address.kind, address.key) for address in addresses])
    return {(row[0], row[1]): row[2] for row in connection.execute(OWNERS_BY_ADDRESS, {"keys": keys})}


def customers_in(connection: sqlite3.Connection, histories: Iterable[Iterable[Event]]) -> dict[int, Customer]:
    """Return every customer whose ticket these histories tell of, for however long."""
    events = (event for history in histories for event in history if event.kind in _TELL_WHOSE)
    return read_customers(connection, {number for event in events if (number := event.data.get("customer"))})


def customers_of_tickets(connection: sqlite3.Connection, tickets: Iterable[int]) -> dict[int, Customer]:
    """Return the customer of each ticket that has one."""
    owners = dict(connection.execute(CUSTOMERS_OF_TICKETS, {"tickets": json.dumps(list(tickets))}).fetchall())
    known = read_customers(connection, owners.values())
    return {ticket: known[customer] for ticket, customer in owners.items()}


def named(connection: sqlite3.Connection, name: str) -> list[int]:
    """Return the customers of exactly this name, whatever its case."""
    return [row[0] for row in connection.execute(CUSTOMERS_BY_NAME, {"name": name})]


def all_named(connection: sqlite3.Connection, names: Iterable[str]) -> dict[str, list[tuple[int, bool]]]:
    """Return, by folded name, the customers of exactly these names and whether an address of theirs is known."""
    found: dict[str, list[tuple[int, bool]]] = {}
    for name, number, has_address in connection.execute(CUSTOMERS_BY_NAMES, {"names": json.dumps(list(names))}):
        found.setdefault(name.casefold(), []).append((number, bool(has_address)))
    return found


def ticket_count(connection: sqlite3.Connection, customer: int) -> int:
    """Return how many tickets a customer has."""
    count: int = connection.execute(TICKET_COUNT, {"customer": customer}).fetchone()[0]
    return count


def like(connection: sqlite3.Connection, words: str, *, limit: int = 20) -> list[int]:
    """Return the customers whose name or an address contains these words, newest first."""
    return [row[0] for row in connection.execute(CUSTOMERS_LIKE, {"words": words, "limit": limit})]


def find_organisation(connection: sqlite3.Connection, name: str) -> int | None:
    """Return the id of the organisation of this name."""
    row = connection.execute(ORGANISATION_BY_NAME, {"name": name}).fetchone()
    return None if row is None else int(row[0])


def organisations_named(connection: sqlite3.Connection, names: Iterable[str]) -> dict[str, int]:
    """Return the ids of the organisations of these names, as far as there are any."""
    return dict(connection.execute(ORGANISATIONS_BY_NAMES, {"names": json.dumps(list(names))}).fetchall())


_TELL_WHOSE = frozenset({Kind.CREATED, Kind.CHANGED})
