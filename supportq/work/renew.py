"""Renew tickets by the rows that they were imported from, which say something else now."""

from collections.abc import Iterable, Mapping
from typing import Any

from supportq.intake.inquiry import Entry, Reject
from supportq.model.customer import Customer, Person
from supportq.model.event import Kind, in_force
from supportq.model.inquiry import Inquiry
from supportq.model.message import Author, Direction
from supportq.model.ticket import Ticket
from supportq.store.change import Change
from supportq.store.changes import of_verb
from supportq.store.gather import Saying
from supportq.store.messages import said_in
from supportq.store.sources import Known, facts_of
from supportq.store.texts import read_texts
from supportq.store.wordless import give_words
from supportq.values import dataclass
from supportq.work.alter import new_values
from supportq.work.known import Row, is_of
from supportq.work.rated import rate_anew
from supportq.work.retold import follow


@dataclass(frozen=True, slots=True)
class Renewal:
    """The rows that can't be taken over, and how many said nothing new in other words."""

    rejects: list[Reject]
    alike: int


def renew(change: Change, source: str, rows: Iterable[Row], others: Mapping[str, Customer]) -> Renewal:
    """Give tickets what rows say of their fields, ends, ratings and facts, and words to what had none.

    What was said stays, other words become a note, and so the customer stays whom a row names otherwise. Rows that
    speak of the inquiries of `others` are rejected: theirs is not that inquiry.
    """
    rejects = []
    alike = 0
    for entry, known in rows:
        owner = others.get(entry.inquiry.key or "")
        if owner is None:
            alike += not _renew(change, source, entry, known)
        else:
            rejects.append(Reject(entry.line, whose(entry.inquiry, known, owner), entry.cells))
    return Renewal(rejects, alike)


def whose(inquiry: Inquiry, known: Known, owner: Customer) -> str:
    """Say why a row is not taken over, and what to do."""
    return (
        f'"{inquiry.key}" is known as ticket {known.ticket_id}, of another customer, {owner.label}; '
        "if this is another file with the same keys: --source NAME"
    )


def take_over(change: Change, number: int, inquiry: Inquiry) -> None:
    """Give a ticket the fields, the tags and the subject that a row names, as far as they are news."""
    ticket = change.ticket(number)
    if news := new_values(ticket, _edits(change, ticket, inquiry)):
        change.alter(number, **news)


def _renew(change: Change, source: str, entry: Entry, known: Known) -> bool:
    """Take over what a row says, and tell whether any of it is new."""
    number, inquiry = known.ticket_id, entry.inquiry
    ticket = change.ticket(number)
    told = len(change.history(number))
    take_over(change, number, inquiry)
    if inquiry.status and ticket.merged_into is None:
        follow(change, ticket, inquiry, inquiry.status)
    rate_anew(change, number, inquiry)
    has_words = _hear(change, inquiry, known)
    has_facts = _keep_facts(change, ticket, inquiry, known)
    change.gathered.add(
        "source_key", source, inquiry.key, number, known.message_id, known.renewed(change.id, entry.digest)
    )
    return has_words or has_facts or len(change.history(number)) > told


def _hear(change: Change, inquiry: Inquiry, known: Known) -> bool:
    """Keep the words that a row has now, if they are new: as those of its message where it had none, else as a note."""
    _, _, body = said_in(change.queue.connection, known.message_id)
    if not inquiry.body or inquiry.body == body:
        return False
    if not body:
        give_words(change.queue.connection, known.message_id, inquiry.body)
        return True
    words = f"The file says now:\n\n{inquiry.body}"
    message = change.say(known.ticket_id, Saying(Direction.NOTE, Author.SYSTEM, inquiry.channel, words, change.now))
    change.record(known.ticket_id, Kind.NOTED, message=message)
    return True


def _keep_facts(change: Change, ticket: Ticket, inquiry: Inquiry, known: Known) -> bool:
    """Renew the facts beside a ticket, and tell whom a file names that is not its customer; return if any is new."""
    facts = dict(inquiry.facts)
    owner = change.customer(ticket.id)
    if (
        owner
        and inquiry.direction is Direction.IN
        and inquiry.person != Person()
        and not is_of(inquiry.person, [owner])
    ):
        facts[CUSTOMER_NOW] = _label(inquiry.person)
        change.remark(
            ticket.id,
            "keeps its customer, though the newer file names another address, which is a fact now",
            "keep their customers, though the newer file names other addresses, which are facts now",
        )
    is_first = known.message_id == ticket.first_message_id
    labelled = {name if is_first else f"{name} (message {known.message_id})": value for name, value in facts.items()}
    for label, value in labelled.items():
        change.gathered.add("source_fact", ticket.id, label, value)
    return bool(labelled) and not labelled.items() <= facts_of(change.queue.connection, ticket.id).items()


def _label(person: Person) -> str:
    return " ".join((person.name, *(f"<{address.value}>" for address in person.addresses))).strip()


def _edits(change: Change, ticket: Ticket, inquiry: Inquiry) -> dict[str, Any]:
    names = ("team", "line", "priority", "assignee", "category", "language")
    edits = {name: value for name in names if (value := getattr(inquiry, name)) is not None}
    if inquiry.tags:
        edits["tags_added"] = list(inquiry.tags)
        edits["tags_removed"] = sorted(_tags_of_file(change, ticket).difference(inquiry.tags))
    if inquiry.fields:
        edits["fields"] = dict(inquiry.fields)
    if inquiry.subject and inquiry.subject != _subject(change, ticket):
        edits["subject"] = change.text("subject", inquiry.subject)
    return edits


def _tags_of_file(change: Change, ticket: Ticket) -> set[str]:
    """Return the tags that imports gave, but for those that a rule may have given with them."""
    events = in_force(change.history(ticket.id))
    imports = {change.id, *of_verb(change.queue.connection, "import", {event.change_id for event in events})}
    given = {tag for event in events if event.change_id in imports for tag in event.data.get("tags_added", ())}
    ruled = [value for rule in change.settings.rules for _, value in rule.actions if isinstance(value, tuple)]
    return given.difference(*ruled)


def _subject(change: Change, ticket: Ticket) -> str:
    if ticket.subject_id is None:
        return ""
    return read_texts(change.queue.connection, [ticket.subject_id])[ticket.subject_id]


CUSTOMER_NOW = "customer in the newer file"
