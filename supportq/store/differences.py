"""What a change made different, field by field, in words that people know."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from supportq.model.clock import Clock, WhyVoid
from supportq.sla.history import Folded
from supportq.store.customers import read_customers
from supportq.store.texts import read_texts
from supportq.values import dataclass
from supportq.when.stamps import format_stamp


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one ticket that a change gave another value; empty means none."""

    ticket_id: int
    field: str
    before: str
    after: str


_SHOWN = {
    "status": "status",
    "priority": "priority",
    "team": "team",
    "line": "line",
    "assignee": "agent",
    "channel": "channel",
    "category": "category",
    "language": "language",
    "tags": "tags",
    "fields": "fields",
    "customer_id": "customer",
    "subject_id": "subject",
    "resolution": "resolution",
    "wake_at": "wake",
    "rating": "rating",
    "follow_up_at": "follow_up",
    "reply_count": "replies",
    "spent_s": "spent_s",
}
"""The fields that are told, by the names that lists know them by."""


def differences(before: Folded, after: Folded) -> Iterator[Difference]:
    """Yield the fields in which a ticket differs; one that appears or disappears is its status alone."""
    old, new = before.ticket, after.ticket
    if old is not None and new is not None:
        for name, shown in _SHOWN.items():
            was, now = getattr(old, name), getattr(new, name)
            if was != now:
                yield Difference(new.id, shown, _in_words(was), _in_words(now))
        yield from _corrections(new.id, before, after)
    elif new is not None:
        yield Difference(new.id, "status", "", new.status)
    elif old is not None:
        yield Difference(old.id, "status", old.status, "")


def _corrections(number: int, before: Folded, after: Folded) -> Iterator[Difference]:
    """Yield the clocks that somebody declared void, or no longer does."""
    standings = {(clock.kind, clock.ordinal): clock for clock in before.clocks}
    for clock in after.clocks:
        was = standings.get((clock.kind, clock.ordinal))
        if was and (was.why_void == WhyVoid.CORRECTED) != (clock.why_void == WhyVoid.CORRECTED):
            name = clock.kind if clock.ordinal == 1 else f"{clock.kind} {clock.ordinal}"
            yield Difference(number, name, _stood(was, clock.stopped_at), _stood(clock, was.stopped_at))


def _stood(clock: Clock, until: datetime | None) -> str:
    """Return how a clock stood before it ended otherwise at a moment: what ran late says so."""
    return "late" if until and clock.is_late(until) else clock.standing


def named(connection: sqlite3.Connection, found: Iterable[Difference]) -> tuple[Difference, ...]:
    """Return differences with the words of subjects and the names of customers in the place of their ids."""
    differences = tuple(found)
    subjects = read_texts(connection, _ids(differences, "subject"))
    labels = {number: who.label for number, who in read_customers(connection, _ids(differences, "customer")).items()}
    known = {"subject": subjects, "customer": labels}
    return tuple(
        replace(each, before=_name(known[each.field], each.before), after=_name(known[each.field], each.after))
        if each.field in known
        else each
        for each in differences
    )


def _ids(found: Iterable[Difference], field: str) -> set[int]:
    return {int(word) for each in found if each.field == field for word in (each.before, each.after) if word}


def _name(known: Mapping[int, str], number: str) -> str:
    return known.get(int(number), number) if number else ""


def _in_words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return format_stamp(value)
    if isinstance(value, tuple):
        return ", ".join("=".join(map(str, item)) if isinstance(item, tuple) else str(item) for item in value)
    return str(value)
