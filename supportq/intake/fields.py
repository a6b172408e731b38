"""What a column can hold, and the headers by which it is known."""

import re
from collections.abc import Collection, Iterable
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
    CUSTOM = "field"
    FACT = "fact"


MOMENTS = frozenset({Field.AT, Field.ANSWERED_AT, Field.RESOLVED_AT})
REPEATABLE = frozenset({Field.BODY, Field.TAGS, Field.FACT})
WHO = frozenset({Field.CUSTOMER, Field.NAME, Field.EMAIL, Field.PHONE})
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
    Field.ORGANISATION: (
        "organisation, organization, organisation name, organization name, customer organisation, "
        "customer organization, company, company name, account, firma"
    ),
    Field.LANGUAGE: "language, customer language, locale, sprache, język",
    Field.SUBJECT: "subject, title, summary, topic, betreff, temat, tytuł",
    Field.BODY: "body, message, description, text, content, question, nachricht, beschreibung, wiadomość, treść, opis",
    Field.THREAD: "thread, thread id, conversation, conversation id, in reply to, follows",
    Field.TAGS: "tags, tag, labels, label, schlagworte, tagi, etykiety",
    Field.STATUS: "status, state, current status, zustand, stan",
    Field.PRIORITY: "priority, severity, urgency, priorität, priorytet",
    Field.TEAM: "team, group, department, zespół, abteilung",
    Field.ASSIGNEE: "assignee, agent, assigned to, owner, agent assigned, bearbeiter, przypisany",
    Field.CATEGORY: "category, kategorie, kategoria",
    Field.LINE: "line, support line, linia",
    Field.ANSWERED_AT: "answered at, first response at, first replied at, first reply at",
    Field.RESOLVED_AT: "resolved at, resolved, resolved time, solved, solved at, closed at, closed date, closed time",
}
_PREFIX = re.compile(r"(?:ticket|inquiry|issue|case) (?=.)")
_DATE_ORDERS = {"dmy": True, "mdy": False}


@dataclass(frozen=True, slots=True)
class Target:
    """What a column is read as: a field, the name of a custom one, and for dates whether the day comes first."""

    field: Field
    custom: str = ""
    day_first: bool | None = None

    @property
    def name(self) -> str:
        """Return what no two columns can both be, unless the field is repeatable."""
        return f"{self.field}.{self.custom}" if self.custom else self.field.value

    def __str__(self) -> str:
        return self.name if self.day_first is None else f"{self.name}:{'dmy' if self.day_first else 'mdy'}"


def fold(text: str) -> str:
    """Return the form in which equal headers and words are equal: lower case, one space for all that is no letter."""
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def parse_target(text: str, custom: Collection[str] = ()) -> Target:
    """Read the right side of `--map col=field`: `email`, `field.order`, `fact`, or `at:dmy` for dates 31/12/2026.

    Raises UnknownWord with the nearest right word; `custom` holds the codes of the custom fields.
    """
    name, _, order = text.strip().partition(":")
    if name.startswith("field."):
        return Target(Field.CUSTOM, _known("field", name.removeprefix("field."), custom))
    field = find_field(name)
    if field is None:
        raise UnknownWord("import field", name, [*sorted(set(Field) - {Field.CUSTOM}), *(f"field.{c}" for c in custom)])
    if not order:
        return Target(field)
    if field not in MOMENTS:
        raise UnknownWord(
            "import field", text, [f"{moment}:{known}" for moment in sorted(MOMENTS) for known in _DATE_ORDERS]
        )
    return Target(field, day_first=_DATE_ORDERS[_known("order of dates", order, _DATE_ORDERS)])


def _known(what: str, word: str, words: Iterable[str]) -> str:
    if word not in words:
        raise UnknownWord(what, word, words)
    return word


def find_field(header: str) -> Field | None:
    """Return the field that a header is known to stand for, if any: `Ticket ID`, `created_at`, `E-Mail`."""
    return _FIELDS.get(_without_prefix(fold(header)), (None, 0))[0]


def rank(header: str) -> int:
    """Return how well a known header fits its field, 0 for best."""
    return _FIELDS.get(_without_prefix(fold(header)), (None, 0))[1]


def _without_prefix(header: str) -> str:
    return header if header in _FIELDS else _PREFIX.sub("", header, count=1)


_FIELDS: dict[str, tuple[Field, int]] = {
    header: (field, place) for field, headers in _HEADERS.items() for place, header in enumerate(headers.split(", "))
}
_FIELDS["fact"] = (Field.FACT, 0)
