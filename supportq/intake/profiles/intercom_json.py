"""Intercom: conversations of its API, with their parts where those were asked for; moments are seconds since 1970."""

from collections.abc import Iterable

from supportq.intake.conversation import TOLD, Said, conversation
from supportq.intake.profile import Cells, Profile
from supportq.intake.profiles.intercom import plain
from supportq.intake.record import Record

_COLUMNS = {
    **TOLD,
    "id": "key",
    "created_at": "at",
    "customer": "customer",
    "subject": "subject",
    "words": "body",
    "tag names": "tags",
    "state": "status",
    "urgency": "priority",
    "source.type": "channel",
    "assignee": "assignee",
    "statistics.first_admin_reply_at": "answered_at",
    "ended": "resolved_at",
    "snoozed_until": "wake_at",
    "conversation_rating.rating": "rating",
    "conversation_rating.created_at": "rated_at",
    "conversation_rating.remark": "rating_comment",
}
_CUSTOMERS = {"user", "lead", "contact"}
_SAID_BY_US = {"comment", "open", "close", "assignment", "quick_reply"}
"""Parts in which a customer may be spoken to; what stands in others is for colleagues."""


def _unfold(found: Record) -> Iterable[Cells]:
    source = _source(found)
    parts = sorted(found.records("conversation_parts.conversation_parts"), key=lambda part: part.text("created_at"))
    admins = {part.text("author.id"): _named(part) for part in parts if part.text("author.type") == "admin"}
    cells = found.cells("source", "conversation_parts", "tags", "contacts") | {
        **{f"source.{header}": cell for header, cell in source.cells("body", "subject", "attachments").items()},
        "customer": _customer(found, [source, *parts]),
        "subject": found.text("title") or plain(source.text("subject")),
        "words": plain(source.text("body")),
        "tag names": ";".join(tag.text("name") for tag in found.records("tags.tags")),
        "urgency": "high" if found.text("priority") == "priority" else "",
        "assignee": admins.get(found.text("admin_assignee_id"), ""),
        "ended": found.text("statistics.last_close_at") if found.text("state") == "closed" else "",
    }
    opening = _said(source, found.text("created_at"), "comment")
    return conversation(_COLUMNS, cells, [opening, *(_said(part, part.text("created_at")) for part in parts)])


def _source(found: Record) -> Record:
    """Return the first message, which the conversation has apart from the others."""
    source = found.values.get("source")
    return Record(source if isinstance(source, dict) else {})


def _said(told: Record, at: str, kind: str = "") -> Said:
    """Read a part, or how it began; what happened without a word is a note of what it was."""
    kind = kind or told.text("part_type")
    files = [file.text("name") for file in told.records("attachments")]
    body = plain(told.text("body"))
    return Said(
        id=told.text("id"),
        at=at,
        direction=_way(told.text("author.type")) if body or files else "note",
        public="" if kind in _SAID_BY_US else "no",
        body=body if body or files else f"({kind})",
        author=_named(told),
        attachments=files,
    )


def _way(author: str) -> str:
    """Tell by who wrote it: a program's word answers nobody, and of others than people we know nobody knows."""
    if author in _CUSTOMERS:
        return "in"
    return {"admin": "out", "bot": "automatic"}.get(author, "unknown")


def _customer(found: Record, told: Iterable[Record]) -> str:
    """Return the contact as the list of contacts tells it, or as the first who wrote, else by number."""
    contacts = found.records("contacts.contacts") or found.records("contacts")
    for contact in contacts:
        if name := _label(contact.text("name"), contact.text("email")):
            return name
    for each in told:
        if each.text("author.type") in _CUSTOMERS:
            return _label(each.text("author.name"), each.text("author.email")) or _numbered(each.text("author.id"))
    return _numbered(contacts[0].text("id")) if contacts else ""


def _named(told: Record) -> str:
    name, email = told.text("author.name"), told.text("author.email")
    return _label(name, email) or _numbered(told.text("author.id"), told.text("author.type"))


def _label(name: str, email: str) -> str:
    return f"{name} <{email}>" if name and email else email or name


def _numbered(number: str, kind: str = "contact") -> str:
    return f"Intercom {kind} {number}"


PROFILE = Profile(
    title="Intercom, conversations of the API",
    source="intercom",
    signature=("id", "created_at", "state", "open", "source.type", "source.author.type", "waiting_since"),
    columns=_COLUMNS,
    statuses={"snoozed": "pending"},
    channels={"conversation": "chat", "inapp": "chat", "push": "chat", "phone_call": "phone", "phone_switch": "phone"},
    unfold=_unfold,
)
