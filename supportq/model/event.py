"""What happened to a ticket: events, only ever added, which carry ids and codes but never text, names or addresses."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from supportq.values import dataclass

SYSTEM = "system"
"""Who acts where no agent does: cron, an import, a mail server."""


class Kind(StrEnum):
    """What an event says; the comment names the keys of its data."""

    CREATED = "created"  # customer organisation channel subject source by opens stated no_data; and CHANGED's
    ASKED = "asked"  # message author automatic told status_stays: a message from the customer's side
    REPLIED = "replied"  # message status live late: a human message to the customer, given at once
    QUEUED = "queued"  # message status: the same, waiting in the outbox, anew after a failure
    SENT = "sent"  # message: the outbox delivered it
    FAILED = "failed"  # message: it came back, or could not be sent
    UNSURE = "unsure"  # message: nobody knows whether it arrived
    CANCELLED = "cancelled"  # message: taken out of the outbox before it was sent
    ACKNOWLEDGED = (
        "acknowledged"  # message elsewhere: an automatic word to the customer, from the outbox or another desk
    )
    NOTIFIED = "notified"  # message: one of many told of the same thing
    NOTED = "noted"  # message no_data: an internal note, or what may have been an answer
    CHANGED = "changed"  # any of the ticket's fields; tags_added tags_removed fields; opens ruled learned
    WAITED = "waited"  # status wake_at; retold: a newer file told it later; unheard: and nothing of what was said
    RESOLVED = "resolved"  # closes_at resolution reason no_data; undated: nobody knows when
    CLOSED = "closed"  # resolution reason
    REOPENED = "reopened"  # reason
    SPAMMED = "spammed"  # reason
    DISMISSED = "dismissed"  # reason: no reply is needed
    MERGED = "merged"  # into messages: closed, since another ticket goes on with it
    SPLIT = "split"  # from; messages
    LINKED = "linked"  # other; as
    JOINED = "joined"  # customer; role: a participant
    RATED = "rated"  # rating; comment due_at: and by when somebody gets back to the customer
    PROMISED = "promised"  # due_at: a follow-up
    SPENT = "spent"  # seconds; line: recorded work
    CORRECTED = "corrected"  # clock ordinal reason: it does not count; without an ordinal, all of the kind
    UNDONE = "undone"  # change: that group is out of the fold
    REDONE = "redone"  # change: and in again


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to one ticket, with the moment it happened and the moment it was recorded."""

    id: int
    change_id: int
    ticket_id: int
    kind: Kind
    at: datetime
    recorded_at: datetime
    actor: str
    settings_id: int
    data: Mapping[str, Any]


def in_force(history: Iterable[Event]) -> Sequence[Event]:
    """Return the events that count: neither undone nor themselves about undoing, in recorded order."""
    events = list(history)
    about_changes = [event for event in events if event.kind in _ABOUT_CHANGES]
    if not about_changes:
        return events
    undone: set[int] = set()
    for event in about_changes:
        if event.kind is Kind.UNDONE:
            undone.add(event.data["change"])
        else:
            undone.discard(event.data["change"])
    return [event for event in events if event.kind not in _ABOUT_CHANGES and event.change_id not in undone]


_ABOUT_CHANGES = frozenset({Kind.UNDONE, Kind.REDONE})
