"""The SQL face of filters: a condition over the table `ticket`, true of those tickets that `matches` means."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from supportq.model.customer import Address
from supportq.model.filter.terms import Filter, Key, Promise, Span, Term, Trait
from supportq.model.text import Phrase
from supportq.model.ticket import ACTIVE
from supportq.store.conditions import IN_FORCE, IS_ACTIVE, IS_DUE, REPLY_IN_DOUBT, STATUS_NOW
from supportq.when.stamps import format_stamp

COLUMNS = {
    Key.PRIORITY: "ticket.priority",
    Key.TEAM: "ticket.team",
    Key.CHANNEL: "ticket.channel",
    Key.LINE: "ticket.line",
    Key.AGENT: "ticket.assignee",
    Key.CATEGORY: "ticket.category",
    Key.LANGUAGE: "ticket.language",
    Key.RATING: "ticket.rating",
}

MOMENTS = {
    Key.CREATED: "ticket.created_at",
    Key.UPDATED: "ticket.updated_at",
    Key.AGE: "ticket.created_at",
    Key.IDLE: "ticket.updated_at",
}

PROMISES = {
    Promise.LATE: "ticket.due_at < :now",
    Promise.AT_RISK: f"ticket.due_at >= :now and ticket.risk_at <= :now and {IS_DUE}",
    Promise.OK: f"ticket.due_at >= :now and ticket.risk_at > :now and {IS_DUE}",
    Promise.NONE: f"not {IS_DUE}",
}

TRAITS = {
    Trait.AGENT: "ticket.assignee <> ''",
    Trait.ATTACHMENT: """
exists (
  select 1
  from message
  join attachment on attachment.message_id = message.id
  where message.ticket_id = ticket.id and message.undone = 0
)
""",
    Trait.CATEGORY: "ticket.category <> ''",
    Trait.CUSTOMER: "ticket.customer_id is not null",
    Trait.DUE: IS_DUE,
    Trait.FAILED_REPLY: "ticket.reply_failed = 1",
    Trait.FOLLOW_UP: "ticket.follow_up_at is not null",
    Trait.LANGUAGE: "ticket.language <> ''",
    Trait.LINK: "exists (select 1 from link where ticket_id = ticket.id)",
    Trait.MAYBE_SENT_REPLY: REPLY_IN_DOUBT,
    Trait.NOTE: "exists (select 1 from message where ticket_id = ticket.id and direction = 'note' and undone = 0)",
    Trait.PARTICIPANT: "exists (select 1 from participant where ticket_id = ticket.id)",
    Trait.RATING: "ticket.rating is not null",
    Trait.REOPEN: "ticket.reopen_count > 0",
    Trait.REPLY: "ticket.reply_count > 0",
    Trait.TAG: "exists (select 1 from ticket_tag where ticket_id = ticket.id)",
    Trait.TEAM: "ticket.team <> ''",
    Trait.UNANSWERED: "ticket.unanswered_since is not null",
    Trait.WAITING_REPLY: "ticket.reply_waiting = 1",
    Trait.WAKE: "ticket.wake_at > :now",
}

OF_KEYS = """
with recursive known(source) as (
  select min(source) from source_key
  union all
  select (select min(source_key.source) from source_key where source_key.source > known.source)
  from known
  where known.source is not null
)
select source_key.ticket_id
from known
cross join source_key on source_key.source = known.source and source_key.key in {keys}
"""
"""The sources are few, and each is stepped to in the order of the keys: no key is looked at that is not asked for."""

ANY_KIND = "kind in ('email', 'phone', 'handle')"


class Values:
    """What a condition speaks of: every value is a parameter, and `now` is always among them."""

    def __init__(self, now: datetime) -> None:
        self.parameters: dict[str, Any] = {"now": format_stamp(now)}

    def name(self, value: str | int) -> str:
        """Take in a value and return what stands for it."""
        name = f"value{len(self.parameters)}"
        self.parameters[name] = value
        return f":{name}"

    def names(self, values: Iterable[str | int]) -> str:
        """Take in several values and return the list that stands for them."""
        return f"({', '.join(map(self.name, values))})"


def where(criteria: Filter, now: datetime) -> tuple[str, dict[str, Any]]:
    """Return the condition that a ticket is meant and not undone, and the parameters that it names."""
    values = Values(now)
    return f"{IN_FORCE} and {_all_of(criteria, values)}", values.parameters


def match(phrases: Iterable[Phrase]) -> str:
    """Return what the search index is asked for to find any of these phrases."""
    return " OR ".join(f'"{" ".join(phrase.words)}"{"*" if phrase.prefix else ""}' for phrase in phrases)


def _all_of(criteria: Filter, values: Values) -> str:
    return " and ".join(_condition(term, values) for term in criteria.terms) or "true"


def _condition(term: Term, values: Values) -> str:
    condition = f"({_FACES[term.key](term, values) or 'false'})"
    return f"{condition} is not true" if term.negated else condition


Face = Callable[[Term, Values], str]


def _among(column: str) -> Face:
    """Return the face of a key whose values stand in a column, where null means that there is none."""

    def face(term: Term, values: Values) -> str:
        known = [value for value in term.values if value is not None]
        conditions = [f"{column} in {values.names(known)}"] if known else []
        return " or ".join([*conditions, *([f"{column} is null"] if None in term.values else [])])

    return face


def _any(condition: Callable[[Any, Values], str]) -> Face:
    """Return the face of a key that asks the same about each of its values."""
    return lambda term, values: " or ".join(condition(value, values) for value in term.values)


def _within(column: str) -> Face:
    return _any(lambda span, values: _during(column, span, values))


def _during(column: str, span: Span, values: Values) -> str:
    start, end = values.name(format_stamp(span.start)), values.name(format_stamp(span.end))
    return f"{column} >= {start} and {column} < {end}"


def _id(span: tuple[int, int], values: Values) -> str:
    return f"ticket.id between {values.name(span[0])} and {values.name(span[1])}"


def _status(term: Term, values: Values) -> str:
    wanted = frozenset(term.values)
    if wanted == ACTIVE:
        return IS_ACTIVE
    condition = f"{STATUS_NOW} in {values.names(term.values)}"
    return f"{IS_ACTIVE} and {condition}" if wanted <= ACTIVE else condition


def _customer(sought: Address | Phrase | None, values: Values) -> str:
    if sought is None:
        return "ticket.customer_id is null"
    if isinstance(sought, Phrase):
        named = f"select id from customer where instr(folded(name), {values.name(sought.needle)})"
        return f"ticket.customer_id in ({named})"
    owner = f"select customer_id from address where {ANY_KIND} and key = {values.name(sought.key)}"
    return f"ticket.customer_id in ({owner})"


def _organisation(sought: Phrase | None, values: Values) -> str:
    is_named = "trim(folded(name)) <> ''" if sought is None else f"instr(folded(name), {values.name(sought.needle)})"
    organisations = f"select id from organisation where {is_named}"
    members = f"select id from customer where organisation_id in ({organisations})"
    return f"(ticket.customer_id in ({members})) {'is not true' if sought is None else 'is true'}"


def _tag(term: Term, values: Values) -> str:
    known = [tag for tag in term.values if tag is not None]
    conditions = (
        [f"ticket.id in (select ticket_id from ticket_tag where tag in {values.names(known)})"] if known else []
    )
    return " or ".join([*conditions, *([f"not {TRAITS[Trait.TAG]}"] if None in term.values else [])])


def _field(term: Term, values: Values) -> str:
    field = f"select ticket_id from ticket_field where field = {values.name(term.field)}"
    known = [value for value in term.values if value is not None]
    conditions = [f"ticket.id in ({field} and key in {values.names(known)})"] if known else []
    return " or ".join([*conditions, *([f"ticket.id not in ({field} and key <> '')"] if None in term.values else [])])


def _source(term: Term, values: Values) -> str:
    from supportq.store.sources import of_threads

    known = [name for source in term.values if source is not None for name in (source, of_threads(source))]
    imported = f"select ticket_id from source_key where source in {values.names(known)}"
    conditions = [f"ticket.id in ({imported})"] if known else []
    is_ours = "not exists (select 1 from source_key where ticket_id = ticket.id)"
    return " or ".join([*conditions, *([is_ours] if None in term.values else [])])


def _key(term: Term, values: Values) -> str:
    return f"ticket.id in ({OF_KEYS.format(keys=values.names(term.values))})"


def _subject(term: Term, values: Values) -> str:
    words = values.name(f"subject : ({match(term.values)})")
    return f"ticket.first_message_id in (select rowid from search where search match {words})"


def _text(term: Term, values: Values) -> str:
    words = values.name(match(term.values))
    said = f"select message.ticket_id from search join message on message.id = search.rowid where search match {words}"
    return f"ticket.id in ({said})"


def _due(span: Span | None, values: Values) -> str:
    return PROMISES[Promise.NONE] if span is None else _during("ticket.due_at", span, values)


_FACES: dict[Key, Face] = {
    **{key: _among(column) for key, column in COLUMNS.items()},
    **{key: _within(column) for key, column in MOMENTS.items()},
    Key.ID: _any(_id),
    Key.STATUS: _status,
    Key.CUSTOMER: _any(_customer),
    Key.ORGANISATION: _any(_organisation),
    Key.TAG: _tag,
    Key.SOURCE: _source,
    Key.KEY: _key,
    Key.FIELD: _field,
    Key.SUBJECT: _subject,
    Key.TEXT: _text,
    Key.DUE: _any(_due),
    Key.SLA: _any(lambda promise, _values: PROMISES[promise]),
    Key.HAS: _any(lambda trait, _values: TRAITS[trait]),
    Key.VIEW: _any(lambda view, values: f"({_all_of(view, values)})"),
}
