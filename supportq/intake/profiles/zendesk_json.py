"""Zendesk: the JSON export, one ticket a line, and answers of its API; comments are messages and notes."""

from collections.abc import Iterable, Mapping
from typing import Any

from supportq.intake.beside import AUTHORS
from supportq.intake.conversation import TOLD, Said, conversation
from supportq.intake.profile import Cells, Profile
from supportq.intake.profiles.zendesk import CHANNELS, RATINGS
from supportq.intake.record import Record

_COLUMNS = {
    **TOLD,
    "id": "key",
    "created_at": "at",
    "requester.name": "name",
    "requester.email": "email",
    "requester.phone": "phone",
    "customer": "customer",
    "organization.name": "organisation",
    "subject": "subject",
    "description": "body",
    "tags": "tags",
    "status": "status",
    "priority": "priority",
    "via.channel": "channel",
    "group.name": "team",
    "assignee": "assignee",
    "metric_set.solved_at": "resolved_at",
    "satisfaction_rating.score": "rating",
    "satisfaction_rating.comment": "rating_comment",
}


_CUSTOMER = "end-user"
_STAFF = "agent"
_SYSTEM = "-1"


def _unfold(ticket: Record) -> Iterable[Cells]:
    cells = ticket.cells("comments", AUTHORS) | {"assignee": _label(_of(ticket, "assignee"))}
    if not ticket.text("requester.name", "requester.email"):
        cells["customer"] = _numbered(ticket.text("requester_id"))
    comments = ticket.records("comments")
    people = _people(ticket, comments)
    return conversation(_COLUMNS, cells, [_said(comment, ticket, people) for comment in comments])


def _people(ticket: Record, comments: Iterable[Record]) -> Mapping[str, Record]:
    """Return everybody of whom the ticket tells more than a number, by that number.

    Who has the ticket or writes what is internal is staff, unless the file says of them what they are.
    """
    told = [_of(comment, "author") for comment in comments]
    told += [_of(ticket, name) for name in ("requester", "submitter", "assignee")]
    people: dict[str, dict[str, Any]] = {}
    for user in (*told, *ticket.records(AUTHORS)):
        people.setdefault(user.text("id"), {}).update({key: value for key, value in user.values.items() if value})
    internal = {comment.text("author_id") for comment in comments if comment.text("public") == "no"}
    for number in {ticket.text("assignee_id")} | (internal - {ticket.text("requester_id")}):
        people.setdefault(number, {}).setdefault("role", _STAFF)
    return {number: Record(user) for number, user in people.items() if number}


def _of(record: Record, name: str) -> Record:
    """Return the user whom a record holds under a name, and names by number beside that."""
    found = record.values.get(name)
    return Record({"id": record.text(f"{name}_id"), **found} if isinstance(found, dict) else {})


def _said(comment: Record, ticket: Record, people: Mapping[str, Record]) -> Said:
    number = comment.text("author_id")
    user = people.get(number, Record({}))
    return Said(
        id=comment.text("id"),
        at=comment.text("created_at"),
        direction=_way(comment, ticket, user.text("role")),
        body=comment.text("plain_body", "body"),
        author=_label(user) or _numbered(number),
        public=comment.text("public"),
        attachments=[file.text("file_name") for file in comment.records("attachments")],
    )


def _way(comment: Record, ticket: Record, role: str) -> str:
    """Tell by the role which way it went; who it was without one nobody knows, but for the requester."""
    number, is_internal = comment.text("author_id"), comment.text("public") == "no"
    is_staff = role not in {"", _CUSTOMER}
    if number == _SYSTEM:
        return "automatic"
    if role == _CUSTOMER or (number == ticket.text("requester_id") and not (is_staff and is_internal)):
        return "in"
    return "note" if is_internal else "out" if is_staff else "unknown"


def _label(user: Record) -> str:
    name, email = user.text("name"), user.text("email")
    return f"{name} <{email}>" if name and email else email or name


def _numbered(user: str) -> str:
    return f"Zendesk user {user}"


PROFILE = Profile(
    title="Zendesk, JSON export or API",
    source="zendesk",
    signature=("id", "subject", "description", "status", "requester_id", "submitter_id", "created_at"),
    columns=_COLUMNS,
    channels=CHANNELS,
    ratings=RATINGS,
    unfold=_unfold,
)
