"""A filter as a value: terms that must all hold, each a key with the values it may have."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Union

from supportq.model.customer import Address
from supportq.model.text import Phrase
from supportq.model.ticket import Status
from supportq.values import dataclass


class Key(StrEnum):
    """What a term asks about; the comment names its values, of which None means that there is none."""

    ID = "id"  # pairs of numbers, first and last
    STATUS = "status"  # Status, as of now
    PRIORITY = "priority"  # Priority
    TEAM = "team"  # codes, None
    CHANNEL = "channel"  # Channel
    LINE = "line"  # 0-3
    AGENT = "agent"  # codes, None
    CUSTOMER = "customer"  # Address: one of theirs; Phrase: in the name; None
    ORGANISATION = "organisation"  # Phrase: in the name of the customer's; None
    CATEGORY = "category"  # codes, None
    LANGUAGE = "language"  # codes, None
    TAG = "tag"  # any of the tags, None
    SUBJECT = "subject"  # Phrase
    TEXT = "text"  # Phrase, in the subject or in one message or note
    CREATED = "created"  # Span of created_at
    UPDATED = "updated"  # Span of updated_at
    DUE = "due"  # Span of the next due moment, None
    AGE = "age"  # Span of created_at
    IDLE = "idle"  # Span of updated_at
    SLA = "sla"  # Promise
    RATING = "rating"  # 1-5, None
    HAS = "has"  # Trait
    SOURCE = "source"  # names of what it was imported from, None
    KEY = "key"  # texts: how it, or a message of it, is called there
    VIEW = "view"  # Filter, that of the view
    FIELD = "field"  # casefolded texts, None


class Promise(StrEnum):
    """How a ticket stands with what was promised."""

    LATE = "late"
    AT_RISK = "at-risk"
    OK = "ok"
    NONE = "none"


class Trait(StrEnum):
    """What a ticket may have or not."""

    AGENT = "agent"
    ATTACHMENT = "attachment"
    CATEGORY = "category"
    CUSTOMER = "customer"
    DUE = "due"  # a due moment
    FAILED_REPLY = "failed-reply"  # a reply that was not delivered
    FOLLOW_UP = "follow-up"  # a promised one
    LANGUAGE = "language"
    LINK = "link"  # a tie to another ticket
    MAYBE_SENT_REPLY = "maybe-sent-reply"  # a reply of which nobody knows whether it arrived
    NOTE = "note"
    PARTICIPANT = "participant"
    RATING = "rating"
    REOPEN = "reopen"  # it was reopened
    REPLY = "reply"  # a human word to the customer
    TAG = "tag"
    TEAM = "team"
    UNANSWERED = "unanswered"  # a customer's message without a reply
    WAITING_REPLY = "waiting-reply"  # a reply in the outbox
    WAKE = "wake"  # a snooze that ends later than now


@dataclass(frozen=True, slots=True)
class Span:
    """The moments from `start` until just before `end`."""

    start: datetime
    end: datetime

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment < self.end


Value = Union[str, int, tuple[int, int], Address, Phrase, Span, "Filter", None]


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: the key has one of the values, or, where negated, none of them; `field` names a custom field."""

    key: Key
    values: tuple[Any, ...]
    field: str = ""
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """Conditions that must all hold; without any, every ticket is meant. Its moments count from when it was read."""

    terms: tuple[Term, ...] = ()

    def mentions(self, key: Key, value: Any = None) -> bool:
        """Tell whether a term asks about the key, and by this value where one is given, be it inside a view."""
        return any(
            (term.key is key and value in (None, *term.values)) or _mentions_inside(term, key, value)
            for term in self.terms
        )

    @property
    def statuses(self) -> frozenset[Status]:
        """Return the statuses that its own terms leave possible."""
        possible = frozenset(Status)
        for term in self.terms:
            if term.key is Key.STATUS:
                possible = possible.difference(term.values) if term.negated else possible.intersection(term.values)
        return possible


def _mentions_inside(term: Term, key: Key, value: Any) -> bool:
    return any(isinstance(inner, Filter) and inner.mentions(key, value) for inner in term.values)
