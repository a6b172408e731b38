"""Zendesk: the JSON export, one ticket a line, and answers of its API; comments are messages and notes."""

from collections.abc import Iterable

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
    "customer": "customer",
    "organization.name": "organisation",
    "subject": "subject",
    "description": "body",
    "tags": "tags",
    "status": "status",
    "priority": "priority",
    "via.channel": "channel",
    "group.name": "team",
    "assignee.email": "assignee",
    "metric_set.solved_at": "resolved_at",
    "satisfaction_rating.score": "rating",
}


def _unfold(ticket: Record) -> Iterable[Cells]:
    cells = ticket.cells("comments")
    if not ticket.text("requester.name", "requester.email"):
        cells["customer"] = _numbered(ticket.text("requester_id"))
    return conversation(_COLUMNS, cells, [_said(comment, ticket) for comment in ticket.records("comments")])


def _said(comment: Record, ticket: Record) -> Said:
    is_requester = comment.text("author_id") == ticket.text("requester_id")
    is_customer = is_requester or comment.text("author.role") == "end-user"
    known = ticket.text("requester.email", "requester.name") if is_requester else ""
    return Said(
        id=comment.text("id"),
        at=comment.text("created_at"),
        direction="in" if is_customer else "note" if comment.text("public") == "no" else "out",
        body=comment.text("plain_body", "body"),
        author=known or comment.text("author.email", "author.name") or _numbered(comment.text("author_id")),
        attachments=[file.text("file_name") for file in comment.records("attachments")],
    )


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
