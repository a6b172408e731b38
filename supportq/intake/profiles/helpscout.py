"""Help Scout: conversations of its API, with their threads where those were asked for too."""

from collections.abc import Iterable

from supportq.intake.conversation import TOLD, Said, conversation
from supportq.intake.profile import Cells, Profile
from supportq.intake.record import Record

_COLUMNS = {
    **TOLD,
    "id": "key",
    "createdAt": "at",
    "name": "name",
    "primaryCustomer.email": "email",
    "customer": "customer",
    "subject": "subject",
    "preview": "body",
    "tag names": "tags",
    "status": "status",
    "type": "channel",
    "assignee.email": "assignee",
    "closedAt": "resolved_at",
}
_NOTES = {"note", "lineitem", "forwardparent", "forwardchild"}


def _unfold(found: Record) -> Iterable[Cells]:
    name = f"{found.text('primaryCustomer.first')} {found.text('primaryCustomer.last')}".strip()
    cells = found.cells("_embedded", "tags") | {"name": name}
    cells["tag names"] = ";".join(tag.text("tag") for tag in found.records("tags")) or ";".join(found.texts("tags"))
    if not name and not found.text("primaryCustomer.email"):
        cells["customer"] = f"Help Scout customer {found.text('primaryCustomer.id')}"
    threads = sorted(found.records("_embedded.threads"), key=lambda thread: thread.text("createdAt"))
    return conversation(_COLUMNS, cells, [_said(thread) for thread in threads])


def _said(thread: Record) -> Said:
    from supportq.mail.html import text_of_html

    return Said(
        id=thread.text("id"),
        at=thread.text("createdAt"),
        direction=_direction(thread),
        body=text_of_html(thread.text("body")) or thread.text("action.text"),
        author=thread.text("createdBy.email", "createdBy.first"),
        attachments=[file.text("filename", "fileName") for file in thread.records("_embedded.attachments")],
    )


def _direction(thread: Record) -> str:
    """Tell by who wrote it, else by the kinds of threads that only one side has; a draft was never sent."""
    kind, author = thread.text("type"), thread.text("createdBy.type", "source.via")
    if kind in _NOTES or thread.text("state") == "draft":
        return "note"
    if "customer" in {kind, author}:
        return "in"
    return "out" if author == "user" or kind in {"message", "reply"} else "unknown"


PROFILE = Profile(
    title="Help Scout, conversations of the API",
    source="helpscout",
    signature=("id", "number", "subject", "status", "mailboxId", "primaryCustomer.id", "createdAt"),
    columns=_COLUMNS,
    statuses={"active": "open"},
    unfold=_unfold,
)
