"""Events in words that people know: what happened to a ticket, as short as it can be told."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, tzinfo
from typing import Any

from supportq.model.event import Event, Kind
from supportq.when import format_local, parse_stamp

Data = Mapping[str, Any]


def told(events: Iterable[Event], *, now: datetime, zone: tzinfo) -> str:
    """Tell what a change did to a ticket: "replied, pending; line 2, agent ben"."""
    parts = (_one(event, now, zone) for event in events)
    return "; ".join(part for part in parts if part)


def _one(event: Event, now: datetime, zone: tzinfo) -> str:
    def local(stamp: str) -> str:
        return format_local(parse_stamp(stamp), zone, now)

    match event.kind:
        case Kind.CREATED | Kind.CHANGED:
            return ", ".join([*(["created"] if event.kind is Kind.CREATED else []), *_fields(event.data)])
        case Kind.WAITED:
            until = f"until {local(event.data['wake_at'])}" if "wake_at" in event.data else ""
            return " ".join(["waits", *_plain(event.data, "status"), *([until] if until else [])])
        case Kind.RATED:
            due = [f"follow-up {local(event.data['due_at'])}"] if "due_at" in event.data else []
            return ", ".join([f"rated {event.data['rating']}", *due])
        case Kind.PROMISED:
            return f"follow-up {local(event.data['due_at'])}" if "due_at" in event.data else "no follow-up"
    return ", ".join([_WORDS.get(event.kind, event.kind.value), *_DETAILS.get(event.kind, _nothing)(event.data)])


def _fields(data: Data) -> list[str]:
    named = [f"{_NAMES[key]} {_value(data[key])}" for key in _NAMES if key in data]
    named += [f"{name} {_value(value)}" for name, value in data.get("fields", {}).items()]
    named += [f"+{tag}" for tag in data.get("tags_added", ())] + [f"-{tag}" for tag in data.get("tags_removed", ())]
    return named + ["new subject"] * ("subject" in data and "channel" not in data)


def _value(value: Any) -> str:
    return "none" if value is None else str(value)


def _plain(data: Data, *keys: str) -> list[str]:
    return [str(data[key]).replace("_", " ") for key in keys if data.get(key)]


def _nothing(_data: Data) -> list[str]:
    return []


_NAMES = {
    "priority": "priority",
    "team": "team",
    "line": "line",
    "assignee": "agent",
    "channel": "channel",
    "category": "category",
    "language": "language",
}
_WORDS = {
    Kind.ASKED: "customer wrote",
    Kind.FAILED: "reply not delivered",
    Kind.UNSURE: "reply may not have arrived",
    Kind.NOTED: "note",
    Kind.SPAMMED: "spam",
    Kind.JOINED: "participant added",
    Kind.SPENT: "worked",
}
_DETAILS: dict[Kind, Callable[[Data], list[str]]] = {
    Kind.REPLIED: lambda data: _plain(data, "status") + ["recorded late"] * bool(data.get("late")),
    Kind.RESOLVED: lambda data: _plain(data, "resolution"),
    Kind.CLOSED: lambda data: _plain(data, "resolution"),
    Kind.CORRECTED: lambda data: [" ".join(_plain(data, "clock", "ordinal"))],
    Kind.SPENT: lambda data: [f"{data['seconds'] // 60}m"],
    Kind.UNDONE: lambda data: [f"change {data['change']}"],
    Kind.REDONE: lambda data: [f"change {data['change']}"],
}
