"""What a column can hold, and the headers by which it is known."""

import re
from collections.abc import Collection, Iterable
from datetime import timedelta
from enum import StrEnum

from supportq.errors import UnknownWord
from supportq.values import dataclass


class Field(StrEnum):
    """What a column says of an inquiry; a fact is kept beside the ticket without being understood."""

    KEY = "key"
    AT = "at"
    CHANNEL = "channel"
    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    CUSTOMER = "customer"
    COPIED = "copied"
    ORGANISATION = "organisation"
    LANGUAGE = "language"
    SUBJECT = "subject"
    BODY = "body"
    THREAD = "thread"
    TAGS = "tags"
    STATUS = "status"
    PRIORITY = "priority"
    TEAM = "team"
    ASSIGNEE = "assignee"
    CATEGORY = "category"
    LINE = "line"
    ANSWERED_AT = "answered_at"
    RESOLVED_AT = "resolved_at"
    WAKE_AT = "wake_at"
    RATING = "rating"
    RATED_AT = "rated_at"
    RATING_COMMENT = "rating_comment"
    DIRECTION = "direction"
    PUBLIC = "public"
    AUTHOR = "author"
    CUSTOM = "field"
    FACT = "fact"


MOMENTS = frozenset({Field.AT, Field.ANSWERED_AT, Field.RESOLVED_AT, Field.WAKE_AT, Field.RATED_AT})
COUNTED = frozenset({Field.ANSWERED_AT, Field.RESOLVED_AT})
"""Moments that may be told as the time since the inquiry came in."""

REPEATABLE = frozenset({Field.BODY, Field.TAGS, Field.PHONE, Field.COPIED, Field.DIRECTION, Field.FACT})
WHO = frozenset({Field.CUSTOMER, Field.NAME, Field.EMAIL, Field.PHONE, Field.AUTHOR})
WHAT = frozenset({Field.SUBJECT, Field.BODY})

_HEADERS = {
    Field.KEY: "key, ref, reference, id, external id, number, no, nr, message id, msgid, numer, nummer",
    Field.AT: (
        "at, received, received at, created, created at, created time, created on, date created, opened, opened at, "
        "submitted at, date, datetime, timestamp, time, data, data utworzenia, otrzymano, datum, eingang, erstellt"
    ),
    Field.CHANNEL: "channel, via, medium, kanal, kanał",
    Field.NAME: "name, customer name, full name, contact name, requester name, sender name, imię i nazwisko",
    Field.EMAIL: (
        "email, e mail, mail, email address, e mail address, customer email, requester email, contact email, "
        "from email, sender email, e mail adresse, adres e mail"
    ),
    Field.PHONE: "phone, phone number, telephone, mobile, customer phone, contact phone, tel, telefon, telefonnummer",
    Field.CUSTOMER: "customer, from, requester, reporter, sender, contact, kunde, klient",
    Field.COPIED: "copied",
    Field.ORGANISATION: (
        "organisation, organization, organisation name, organization name, customer organisation, "
        "customer organization, company, company name, account, firma"
    ),
    Field.LANGUAGE: "language, customer language, locale, sprache, język",
    Field.SUBJECT: "subject, title, summary, topic, betreff, temat, tytuł",
    Field.BODY: "body, message, description, text, content, question, nachricht, beschreibung, wiadomość, treść, opis",
    Field.THREAD: "thread, thread id, ticket ref, conversation, conversation id, in reply to, follows",
    Field.TAGS: "tags, tag, labels, label, schlagworte, tagi, etykiety",
    Field.STATUS: "status, state, current status, zustand, stan",
    Field.PRIORITY: "priority, prio, severity, urgency, priorität, priorytet",
    Field.TEAM: "team, group, department, zespół, abteilung",
    Field.ASSIGNEE: "assignee, agent, assigned to, owner, agent assigned, bearbeiter, przypisany",
    Field.CATEGORY: "category, kategorie, kategoria",
    Field.LINE: "line, support line, linia",
    Field.ANSWERED_AT: "answered at, first response at, first replied at, first reply at",
    Field.RESOLVED_AT: "resolved at, resolved, resolved time, solved, solved at, closed at, closed date, closed time",
    Field.WAKE_AT: "wake at, waits until, snoozed until, postponed until",
    Field.RATING: "rating, csat, satisfaction rating, satisfaction score, customer satisfaction rating",
    Field.RATED_AT: "rated at",
    Field.RATING_COMMENT: "rating comment, csat comment, satisfaction comment",
    Field.DIRECTION: "direction, author role",
    Field.PUBLIC: "public, is public",
    Field.AUTHOR: "author",
}
_PREFIX = re.compile(r"(?:ticket|inquiry|issue|case) (?=.)")
_DATE_ORDERS = {"dmy": True, "mdy": False}
_UNITS = {"minutes": timedelta(minutes=1), "hours": timedelta(hours=1)}
_FORMS = (*_DATE_ORDERS, *_UNITS)
_WORDS = "words"


@dataclass(frozen=True, slots=True)
class Target:
    """What a column is read as: a field, the name of a custom one, and for dates whether the day comes first.

    A moment may also be told as the time since the inquiry came in; `unit` is what a plain number counts then. Tags
    that are `words` have a space between them.
    """

    field: Field
    custom: str = ""
    day_first: bool | None = None
    unit: timedelta | None = None
    words: bool = False

    @property
    def name(self) -> str:
        """Return what no two columns can both be, unless the field is repeatable."""
        return f"{self.field}.{self.custom}" if self.custom else self.field.value

    def __str__(self) -> str:
        orders = (word for word, day_first in _DATE_ORDERS.items() if day_first is self.day_first)
        units = (word for word, unit in _UNITS.items() if unit == self.unit)
        return ":".join((self.name, *orders, *units, *([_WORDS] if self.words else [])))


def fold(text: str) -> str:
    """Return the form in which equal headers and words are equal: lower case, one space for all that is no letter."""
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def parse_target(text: str, custom: Collection[str] = ()) -> Target:
    """Read the right side of `--map col=field`: `email`, `field.order`, `fact`, or `at:dmy` for dates 31/12/2026.

    `answered_at:minutes` is a column that tells after how many minutes it was. `custom` holds the codes of the custom
    fields. Raises UnknownWord with the nearest right word.
    """
    name, _, form = text.strip().partition(":")
    if name.startswith("field."):
        return Target(Field.CUSTOM, _known("field", name.removeprefix("field."), custom))
    field = find_field(name)
    if field is None:
        raise UnknownWord("import field", name, [*sorted(set(Field) - {Field.CUSTOM}), *(f"field.{c}" for c in custom)])
    if not form:
        return Target(field)
    if field is Field.TAGS and form == _WORDS:
        return Target(field, words=True)
    if field not in MOMENTS:
        raise UnknownWord("import field", text, [f"{moment}:{form}" for moment in sorted(MOMENTS) for form in _FORMS])
    _known("form of times", form, _FORMS if field in COUNTED else _DATE_ORDERS)
    return Target(field, day_first=_DATE_ORDERS.get(form), unit=_UNITS.get(form))


def _known(what: str, word: str, words: Iterable[str]) -> str:
    if word not in words:
        raise UnknownWord(what, word, words)
    return word


def find_field(header: str) -> Field | None:
    """Return the field that a header is known to stand for, if any: `Ticket ID`, `created_at`, `E-Mail`."""
    return HEADERS.get(without_prefix(fold(header), HEADERS))


def without_prefix(header: str, known: Collection[str]) -> str:
    """Return a folded header without a word as `ticket` in front, unless it is known with it."""
    return header if header in known else _PREFIX.sub("", header, count=1)


HEADERS = {header: field for field, headers in _HEADERS.items() for header in headers.split(", ")} | {
    "fact": Field.FACT
}
"""What each header that speaks for itself stands for, the best one for a field first."""
