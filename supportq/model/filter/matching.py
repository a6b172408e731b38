"""The in-memory face of filters: whether one ticket, as it is now, is meant."""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from operator import attrgetter

from supportq.model.customer import Address, Customer
from supportq.model.filter.terms import Filter, Key, Promise, Term, Trait
from supportq.model.text import Phrase, fold
from supportq.model.ticket import Ticket
from supportq.values import dataclass
from supportq.when.stamps import FOREVER


@dataclass(frozen=True)
class Facts:
    """What filters ask about one ticket: `texts` are its subject and then what was said and noted.

    `sla` is a Promise, as of now; `due_at` is FOREVER where no clock runs. `sources` and `keys` say what it was read
    from, and how it and its messages are called there. `doubts` counts the replies that may have been sent, or not.
    """

    ticket: Ticket
    customer: Customer | None = None
    texts: tuple[str, ...] = ("",)
    sla: str = Promise.NONE
    due_at: datetime = FOREVER
    attachments: int = 0
    notes: int = 0
    doubts: int = 0
    sources: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()

    @cached_property
    def subject(self) -> str:
        """Return the folded subject."""
        return fold(self.texts[0])

    @cached_property
    def words(self) -> str:
        """Return all texts folded, a line each, so that no phrase runs from one into the next."""
        return "\n".join(map(fold, self.texts))

    @cached_property
    def name(self) -> str:
        """Return the customer's folded name."""
        return fold(self.customer.name) if self.customer else ""

    @cached_property
    def organisation(self) -> str:
        """Return the folded name of the customer's organisation."""
        return fold(self.customer.organisation) if self.customer else ""


Test = Callable[[Term, Facts, datetime], bool]
Look = Callable[[Facts, datetime], bool]


def matches(criteria: Filter, facts: Facts, now: datetime) -> bool:
    """Tell whether every term of a filter holds for a ticket."""
    for term in criteria.terms:  # noqa: SIM110 - rules ask this millions of times, and a loop is quickest
        if _TESTS[term.key](term, facts, now) is term.negated:
            return False
    return True


def _among(path: str) -> Test:
    value_of = attrgetter(path)
    return lambda term, facts, _now: value_of(facts) in term.values


def _within(path: str) -> Test:
    moment_of = attrgetter(path)
    return lambda term, facts, _now: any(moment_of(facts) in span for span in term.values)


def _says(path: str) -> Test:
    folded = attrgetter(path)
    return lambda term, facts, _now: any(phrase.needle in folded(facts) for phrase in term.values)


def _id(term: Term, facts: Facts, _now: datetime) -> bool:
    return any(first <= facts.ticket.id <= last for first, last in term.values)


def _status(term: Term, facts: Facts, now: datetime) -> bool:
    return facts.ticket.status_on(now) in term.values


def _tag(term: Term, facts: Facts, _now: datetime) -> bool:
    return any(tag in term.values for tag in facts.ticket.tags or (None,))


def _field(term: Term, facts: Facts, _now: datetime) -> bool:
    value = next((value for name, value in facts.ticket.fields if name == term.field), "")
    return (value.casefold() or None) in term.values


def _customer(term: Term, facts: Facts, _now: datetime) -> bool:
    return any(_is_customer(facts, sought) for sought in term.values)


def _is_customer(facts: Facts, sought: Address | Phrase | None) -> bool:
    if sought is None or facts.customer is None:
        return sought is None and facts.customer is None
    if isinstance(sought, Phrase):
        return sought.needle in facts.name
    return any(address.key == sought.key for address in facts.customer.addresses)


def _organisation(term: Term, facts: Facts, _now: datetime) -> bool:
    return any(
        not facts.organisation.strip() if sought is None else sought.needle in facts.organisation
        for sought in term.values
    )


def _source(term: Term, facts: Facts, _now: datetime) -> bool:
    return any(source in term.values for source in facts.sources or (None,))


def _due(term: Term, facts: Facts, _now: datetime) -> bool:
    return any(facts.due_at == FOREVER if span is None else facts.due_at in span for span in term.values)


def _has(term: Term, facts: Facts, now: datetime) -> bool:
    return any(_TRAITS[trait](facts, now) for trait in term.values)


def _there_is(path: str) -> Look:
    value_of = attrgetter(path)
    return lambda facts, _now: bool(value_of(facts))


_TRAITS: dict[Trait, Look] = {
    Trait.AGENT: _there_is("ticket.assignee"),
    Trait.ATTACHMENT: _there_is("attachments"),
    Trait.CATEGORY: _there_is("ticket.category"),
    Trait.CUSTOMER: _there_is("customer"),
    Trait.DUE: lambda facts, _now: facts.due_at != FOREVER,
    Trait.FAILED_REPLY: _there_is("ticket.reply_failed"),
    Trait.FOLLOW_UP: _there_is("ticket.follow_up_at"),
    Trait.LANGUAGE: _there_is("ticket.language"),
    Trait.LINK: _there_is("ticket.links"),
    Trait.MAYBE_SENT_REPLY: _there_is("doubts"),
    Trait.NOTE: _there_is("notes"),
    Trait.PARTICIPANT: _there_is("ticket.participants"),
    Trait.RATING: _there_is("ticket.rating"),
    Trait.REOPEN: _there_is("ticket.reopen_count"),
    Trait.REPLY: _there_is("ticket.reply_count"),
    Trait.TAG: _there_is("ticket.tags"),
    Trait.TEAM: _there_is("ticket.team"),
    Trait.UNANSWERED: _there_is("ticket.unanswered_since"),
    Trait.WAITING_REPLY: _there_is("ticket.reply_waiting"),
    Trait.WAKE: lambda facts, now: facts.ticket.is_snoozed(now),
}

_TESTS: dict[Key, Test] = {
    Key.ID: _id,
    Key.STATUS: _status,
    Key.PRIORITY: _among("ticket.priority"),
    Key.TEAM: _among("ticket.team"),
    Key.CHANNEL: _among("ticket.channel"),
    Key.LINE: _among("ticket.line"),
    Key.AGENT: _among("ticket.assignee"),
    Key.CUSTOMER: _customer,
    Key.ORGANISATION: _organisation,
    Key.CATEGORY: _among("ticket.category"),
    Key.LANGUAGE: _among("ticket.language"),
    Key.TAG: _tag,
    Key.SUBJECT: _says("subject"),
    Key.TEXT: _says("words"),
    Key.CREATED: _within("ticket.created_at"),
    Key.UPDATED: _within("ticket.updated_at"),
    Key.DUE: _due,
    Key.AGE: _within("ticket.created_at"),
    Key.IDLE: _within("ticket.updated_at"),
    Key.SLA: _among("sla"),
    Key.RATING: _among("ticket.rating"),
    Key.HAS: _has,
    Key.VIEW: lambda term, facts, now: any(matches(view, facts, now) for view in term.values),
    Key.SOURCE: _source,
    Key.KEY: lambda term, facts, _now: not facts.keys.isdisjoint(term.values),
    Key.FIELD: _field,
}
