"""The fold: what a history adds up to, one event at a time, in recorded order."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar, NamedTuple

from supportq.model.channel import Channel
from supportq.model.event import Event, Kind, in_force
from supportq.model.message import Author
from supportq.model.ticket import ACTIVE, WAITING, Priority, Status, Ticket

Messages = Mapping[int, datetime]
"""Customers' messages by id, each with its own time."""


class Answer(NamedTuple):
    """A reply that reached the customer: its id, its moment, and the messages that it answers."""

    reply: int
    at: datetime
    messages: frozenset[int]


_OWED = frozenset({Author.CUSTOMER, Author.PARTICIPANT})


def fold(history: Iterable[Event]) -> Ticket | None:
    """Return the ticket that a history adds up to, or None when its creation was undone."""
    ticket = _read(history)
    return ticket.value() if ticket.exists else None


def unanswered(history: Iterable[Event]) -> Messages:
    """Return the customers' messages that still wait for a reply at the end of a history."""
    return _read(history).unanswered


def _read(history: Iterable[Event]) -> "Fold":
    ticket = Fold()
    for event in in_force(history):
        ticket.apply(event)
    return ticket


class Fold:
    """A ticket while its history is read: `state` holds the fields of a Ticket, the rest is what clocks need to know.

    `owed` are the customers' messages that a reply is due to or was given to, `unanswered` those still waiting for it.
    `meant` are the messages that each reply answers that went through the outbox, `queued` the replies still in it,
    `failed` those that did not arrive and were neither queued again nor cancelled: a later reply may settle what they
    were about, but nobody has read them.
    `moment` is when the event just applied counts: its own time, but never before the preceding status change.
    `follow_ups` are by when somebody is to get back to the customer, by what asked for it: a promise, a low rating.
    """

    __slots__ = (
        "answers",
        "exists",
        "failed",
        "follow_ups",
        "meant",
        "moment",
        "opened_by",
        "owed",
        "queued",
        "state",
        "status",
        "unanswered",
        "unknown",
        "wake_at",
    )

    def __init__(self) -> None:
        self.state: dict[str, Any] = {}
        self.status = Status.NEW
        self.wake_at: datetime | None = None
        self.owed: dict[int, datetime] = {}
        self.unanswered: Messages = {}
        self.answers: dict[int, Answer] = {}
        self.meant: dict[int, frozenset[int]] = {}
        self.queued: set[int] = set()
        self.failed: set[int] = set()
        self.follow_ups: dict[Kind, datetime] = {}
        self.exists = False
        self.opened_by = "customer"
        self.unknown: int | None = None
        self.moment: datetime

    def apply(self, event: Event) -> None:
        """Take in the next event."""
        self._wake(event.at)
        status_at = self.state.get("status_at")
        self.moment = event.at if status_at is None or event.at > status_at else status_at
        if event.data.get("unheard"):
            self.unknown = event.change_id
            self.owed, self.unanswered = {}, {}
        self.HANDLERS[event.kind](self, event)
        self.state["revision"] = event.id
        if event.at > self.state.get("updated_at", event.at):
            self.state["updated_at"] = event.at

    def value(self) -> Ticket:
        """Return the ticket as it stands."""
        return Ticket(
            **self.state,
            status=self.status,
            wake_at=self.wake_at,
            unanswered_since=min(self.unanswered.values(), default=None),
            reply_waiting=bool(self.queued),
            reply_failed=bool(self.failed),
            follow_up_at=min(self.follow_ups.values(), default=None),
        )

    def status_on(self, now: datetime) -> Status:
        """Return the status as of `now`: a snooze ends by itself."""
        return Status.OPEN if self._has_woken(now) else self.status

    def first_answer(self, message: int | None) -> Answer | None:
        """Return the earliest reply that answers a message."""
        found = [answer for answer in self.answers.values() if message in answer.messages]
        return min(found, key=lambda answer: answer.at, default=None)

    def is_unknown(self, event: Event) -> bool:
        """Tell whether it came with an import that knew nothing of what was said, or not when this happened."""
        return event.change_id == self.unknown or "no_data" in event.data

    def _has_woken(self, now: datetime) -> bool:
        return self.wake_at is not None and self.wake_at <= now and self.status in WAITING

    def _wake(self, now: datetime) -> None:
        if self.wake_at is not None and self._has_woken(now):
            self._become(Status.OPEN, max(self.wake_at, self.state["status_at"]))

    def _become(self, status: Status, moment: datetime) -> None:
        if self.status not in ACTIVE and status in ACTIVE:
            self.state["reopen_count"] = self.state.get("reopen_count", 0) + 1
        self.status = status
        self.wake_at = self.state["closes_at"] = None
        self.state["status_at"] = moment

    def _created(self, event: Event) -> None:
        data = event.data
        self.exists = True
        self.opened_by = data.get("by", "customer")
        self.unknown = event.change_id if data.get("no_data") else None
        self.state.update(
            id=event.ticket_id,
            created_at=event.at,
            updated_at=event.at,
            status_at=event.at,
            source=data.get("source"),
        )
        if self.opened_by == "agent":
            self.status = Status.PENDING
        elif data.get("opens"):
            self.status = Status.OPEN
        self._set(data)

    def _set(self, data: Mapping[str, Any]) -> None:
        state = self.state
        for key in _PLAIN_FIELDS & data.keys():
            state[_FIELD_NAMES.get(key, key)] = data[key]
        if "priority" in data:
            state["priority"] = Priority(data["priority"])
        if "channel" in data:
            state["channel"] = Channel(data["channel"])
        if "tags_added" in data or "tags_removed" in data:
            tags = {*state.get("tags", ()), *data.get("tags_added", ())} - set(data.get("tags_removed", ()))
            state["tags"] = tuple(sorted(tags))
        if "fields" in data:
            merged = {**dict(state.get("fields", ())), **data["fields"]}
            state["fields"] = tuple(sorted((name, value) for name, value in merged.items() if value is not None))

    def _changed(self, event: Event) -> None:
        self._set(event.data)
        if event.data.get("opens") and self.status is Status.NEW:
            self._become(Status.OPEN, self.moment)

    def _asked(self, event: Event) -> None:
        data = event.data
        self.state.setdefault("first_message_id", data["message"])
        self.state["last_message_id"] = data["message"]
        is_unknown = "no_data" in data or (self.is_unknown(event) and "told" not in data)
        if data.get("automatic") or is_unknown:
            return
        if data.get("author", Author.CUSTOMER) in _OWED:
            self.owed[data["message"]] = event.at
            self.unanswered = {**self.unanswered, data["message"]: event.at}
            if data.get("status_stays"):
                return
            if self.status not in _UNMOVED_BY_CUSTOMER:
                self._become(Status.OPEN, self.moment)
            self.wake_at = None
        elif self.status is Status.ON_HOLD:
            self._become(Status.OPEN, self.moment)

    def _noted(self, event: Event) -> None:
        """Owe nothing any more for what a word from another desk may have answered."""
        if event.data.get("no_data"):
            asked = self._asked_by(event.at)
            self.owed = {message: at for message, at in self.owed.items() if message not in asked}
            self.unanswered = {message: at for message, at in self.unanswered.items() if message not in asked}

    def _replied(self, event: Event) -> None:
        self._answered(event, self._asked_by(event.at))
        self._said(event)

    def _said(self, event: Event) -> None:
        self.state.setdefault("first_message_id", event.data["message"])
        self.state["last_message_id"] = event.data["message"]
        if "status" in event.data:
            self._become(Status(event.data["status"]), self.moment)

    def _asked_by(self, moment: datetime) -> frozenset[int]:
        return frozenset(message for message, at in self.owed.items() if at <= moment)

    def _answered(self, event: Event, messages: frozenset[int]) -> None:
        reply = event.data["message"]
        self.answers[reply] = Answer(reply, event.at, messages)
        self.unanswered = {message: at for message, at in self.unanswered.items() if message not in messages}
        self.state["reply_count"] = self.state.get("reply_count", 0) + 1
        if event.at >= self.state.get("rated_at", event.at):
            self.follow_ups.pop(Kind.RATED, None)

    def _queued(self, event: Event) -> None:
        self.meant.setdefault(event.data["message"], self._asked_by(event.at))
        self.queued.add(event.data["message"])
        self.failed.discard(event.data["message"])
        self._said(event)

    def _sent(self, event: Event) -> None:
        reply = event.data["message"]
        self.queued.discard(reply)
        self.failed.discard(reply)
        if reply in self.meant and reply not in self.answers:
            self._answered(event, self.meant[reply])

    def _failed(self, event: Event) -> None:
        reply = event.data["message"]
        if reply in self.answers:
            del self.answers[reply]
            self.state["reply_count"] -= 1
            answered = frozenset[int]().union(*(answer.messages for answer in self.answers.values()))
            self.unanswered = {message: at for message, at in self.owed.items() if message not in answered}
        elif reply not in self.meant:
            return
        self.queued.discard(reply)
        self.failed.add(reply)
        self._become(Status.OPEN, self.moment)

    def _unsure(self, event: Event) -> None:
        self.queued.discard(event.data["message"])

    def _cancelled(self, event: Event) -> None:
        """Open the ticket again, unless a later reply has taken the place of the one that never goes out."""
        reply = event.data["message"]
        self.queued.discard(reply)
        self.failed.discard(reply)
        is_replaced = any(other > reply for other in (*self.queued, *self.answers))
        if reply in self.meant and self.status in _LEFT_BY_REPLIES and not is_replaced:
            self._become(Status.OPEN, self.moment)

    def _mentioned(self, event: Event) -> None:
        """Take in an event that changes nothing of the ticket itself."""

    def _waited(self, event: Event) -> None:
        if "status" in event.data:
            self._become(Status(event.data["status"]), self.moment)
        wake_at = event.data.get("wake_at")
        self.wake_at = datetime.fromisoformat(wake_at) if wake_at else None

    def _resolved(self, event: Event) -> None:
        self._become(Status.RESOLVED, self.moment)
        closes_at = event.data.get("closes_at")
        self.state["closes_at"] = datetime.fromisoformat(closes_at) if closes_at else None
        self.state["resolved_at"] = None if event.data.get("undated") else self.moment
        self._ended(event)

    def _ended(self, event: Event) -> None:
        self.state["resolution"] = event.data.get("resolution", self.state.get("resolution"))
        self.state["reason_id"] = event.data.get("reason", self.state.get("reason_id"))

    def _closed(self, event: Event) -> None:
        self._become(Status.CLOSED, self.moment)
        self._ended(event)

    def _spammed(self, event: Event) -> None:
        self._become(Status.SPAM, self.moment)
        self._ended(event)

    def _reopened(self, event: Event) -> None:
        self._become(Status.OPEN, self.moment)
        self.state["resolution"] = None
        self.state["reason_id"] = event.data.get("reason")

    def _dismissed(self, _event: Event) -> None:
        self.owed = {message: at for message, at in self.owed.items() if message not in self.unanswered}
        self.unanswered = {}
        self.follow_ups = {}

    def _merged(self, event: Event) -> None:
        if "into" in event.data:
            self.state["merged_into"] = event.data["into"]
            self.follow_ups = {}
            self._become(Status.CLOSED, self.moment)

    def _linked(self, event: Event) -> None:
        link = (event.data["other"], event.data["as"])
        self.state["links"] = tuple(sorted({*self.state.get("links", ()), link}))

    def _joined(self, event: Event) -> None:
        participant = (event.data["customer"], event.data.get("role", Author.PARTICIPANT.value))
        self.state["participants"] = tuple(sorted({*self.state.get("participants", ()), participant}))

    def _rated(self, event: Event) -> None:
        self.state["rating"] = event.data["rating"]
        self.state["rated_at"] = event.at
        self.state["comment_id"] = event.data.get("comment")
        self._promised(event)

    def _promised(self, event: Event) -> None:
        """Take in by when somebody is to get back to the customer, in the place of what the same kind said before."""
        self.follow_ups.pop(event.kind, None)
        if event.data.get("due_at"):
            self.follow_ups[event.kind] = datetime.fromisoformat(event.data["due_at"])

    def _spent(self, event: Event) -> None:
        self.state["spent_s"] = self.state.get("spent_s", 0) + event.data["seconds"]

    HANDLERS: ClassVar[Mapping[Kind, Callable[["Fold", Event], None]]] = dict.fromkeys(Kind, _mentioned) | {
        Kind.CREATED: _created,
        Kind.ASKED: _asked,
        Kind.REPLIED: _replied,
        Kind.NOTED: _noted,
        Kind.QUEUED: _queued,
        Kind.SENT: _sent,
        Kind.FAILED: _failed,
        Kind.UNSURE: _unsure,
        Kind.CANCELLED: _cancelled,
        Kind.CHANGED: _changed,
        Kind.WAITED: _waited,
        Kind.RESOLVED: _resolved,
        Kind.CLOSED: _closed,
        Kind.REOPENED: _reopened,
        Kind.SPAMMED: _spammed,
        Kind.DISMISSED: _dismissed,
        Kind.MERGED: _merged,
        Kind.LINKED: _linked,
        Kind.JOINED: _joined,
        Kind.RATED: _rated,
        Kind.PROMISED: _promised,
        Kind.SPENT: _spent,
    }


_PLAIN_FIELDS = frozenset({"team", "line", "assignee", "category", "language", "subject", "customer", "organisation"})
_FIELD_NAMES = {"subject": "subject_id", "customer": "customer_id", "organisation": "organisation_id"}
_UNMOVED_BY_CUSTOMER = frozenset({Status.NEW, Status.OPEN, Status.CLOSED, Status.SPAM})
_LEFT_BY_REPLIES = frozenset({Status.PENDING, Status.RESOLVED})
