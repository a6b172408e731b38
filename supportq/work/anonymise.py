"""What leaves a queue without telling who anybody is: the same person stays the same, and figures stay as they are."""

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from uuid import NAMESPACE_OID, uuid5

from supportq.model.customer import Address, AddressKind
from supportq.model.event import SYSTEM
from supportq.model.mask import masked
from supportq.settings.anonymous import Names, anonymous
from supportq.settings.stored import to_json
from supportq.settings.values import Settings
from supportq.store import cast
from supportq.store.export import Mask, Record
from supportq.store.queue import Queue
from supportq.values import dataclass

_LEFT_OUT = frozenset({"original", "blob", "attachment", "outbox"})
"""Bytes that came from outside: nobody knows what stands in them."""

_KNOWN_TYPES = frozenset({"choice", "date", "yes_no"})
"""Custom fields that only hold what the settings say."""

_NOWHERE = "example.invalid"


def mask_of(queue: Queue, settings: Settings) -> Mask:
    """Return what makes strangers' lines of the lines of an export; the lines must come in the order of one."""
    agents = [code for code in cast.agents(queue.connection) if code != SYSTEM]
    names = Names(
        {code: f"agent-{number}" for number, code in enumerate(agents, 1)} | {SYSTEM: SYSTEM},
        {name: _organisation_name(number) for number, name in cast.organisations(queue.connection).items()},
    )
    kept = {code for code, field in settings.fields.items() if field.type in _KNOWN_TYPES}
    veil = _Veil(names, frozenset(kept), count(1))

    def mask(record: Record) -> Record | None:
        if record["record"] in _LEFT_OUT:
            return None
        return record | _VEILED.get(record["record"], _as_it_is)(veil, record)

    return mask


@dataclass(frozen=True, slots=True)
class _Veil:
    """What people and organisations are called, which custom fields hold no words, and numbers for other keys."""

    names: Names
    known_fields: frozenset[str]
    numbers: Iterator[int]

    def agent(self, code: str | None) -> str | None:
        return None if code is None else self.names.agents.get(code, "agent-0")

    def fields(self, fields: Mapping[str, str | None]) -> dict[str, str | None]:
        return {
            code: value if value is None or code in self.known_fields else masked(value)
            for code, value in fields.items()
        }


def _as_it_is(_veil: _Veil, _row: Record) -> Record:
    return {}


def _desk(_veil: _Veil, row: Record) -> Record:
    return {"value": str(uuid5(NAMESPACE_OID, row["value"]))} if row["key"] == "id" else {}


def _text(_veil: _Veil, row: Record) -> Record:
    return {"body": masked(row["body"])}


def _change(veil: _Veil, row: Record) -> Record:
    return {"actor": veil.agent(row["actor"]), "unfinished": None}


def _settings(veil: _Veil, row: Record) -> Record:
    checked = anonymous(row["text"], veil.names)
    return {"text": checked.text, "checked": json.loads(to_json(checked.settings))}


def _organisation(_veil: _Veil, row: Record) -> Record:
    return {"name": _organisation_name(row["id"])}


def _customer(_veil: _Veil, row: Record) -> Record:
    return {"name": f"Customer {row['id']:06}"}


def _address(veil: _Veil, row: Record) -> Record:
    """Return an address of the same kind that nobody has, and no other customer either."""
    number = f"{row['customer_id']:06}-{next(veil.numbers):06}"
    values = {"email": f"customer-{number}@{_NOWHERE}", "phone": f"+00 {number}", "handle": f"@customer-{number}"}
    address = Address(AddressKind(row["kind"]), values[row["kind"]])
    return {"value": address.value, "key": address.key}


def _ticket(veil: _Veil, row: Record) -> Record:
    return {"assignee": veil.agent(row["assignee"]), "fields": veil.fields(row["fields"])}


def _message(veil: _Veil, row: Record) -> Record:
    known = row["external_id"] is not None
    return {
        "agent": veil.agent(row["agent"]),
        "body": masked(row["body"]),
        "external_id": f"<{row['id']}@{_NOWHERE}>" if known else None,
        "why_thread": None,
    }


def _source_key(veil: _Veil, _row: Record) -> Record:
    return {"key": str(next(veil.numbers)), "row_hash": ""}


def _source_fact(_veil: _Veil, row: Record) -> Record:
    return {"value": masked(row["value"])}


def _event(veil: _Veil, row: Record) -> Record:
    data = dict(row["data"])
    if "assignee" in data:
        data["assignee"] = veil.agent(data["assignee"])
    if "fields" in data:
        data["fields"] = veil.fields(data["fields"])
    return {"actor": veil.agent(row["actor"]), "data": data}


def _organisation_name(number: int) -> str:
    """Return what an organisation is called; none of these names is a part of another one."""
    return f"Organisation {number:06}"


_VEILED: Mapping[str, Callable[[_Veil, Record], Record]] = {
    "desk": _desk,
    "text": _text,
    "change": _change,
    "settings": _settings,
    "organisation": _organisation,
    "customer": _customer,
    "address": _address,
    "ticket": _ticket,
    "message": _message,
    "source_key": _source_key,
    "source_fact": _source_fact,
    "event": _event,
}
