"""Front: conversations of its API, with their messages and comments where those were put into them."""

from collections.abc import Iterable

from supportq.intake.conversation import TOLD, Said, conversation
from supportq.intake.profile import Cells, Profile
from supportq.intake.profiles.front import STATUSES
from supportq.intake.record import Record

CHANNELS = {
    "tweet": "x",
    "tweet_dm": "x",
    "googleplay": "review",
    "smooch": "chat",
    "front_chat": "chat",
    "intercom": "chat",
    "call": "phone",
}
_COLUMNS = {
    **TOLD,
    "id": "key",
    "created_at": "at",
    "recipient.name": "name",
    "customer": "customer",
    "subject": "subject",
    "last_message.blurb": "body",
    "tag names": "tags",
    "standing": "status",
    "channel": "channel",
    "assignee.email": "assignee",
}


def _unfold(found: Record) -> Iterable[Cells]:
    messages = found.records("messages")
    told = [*map(said, messages), *map(_commented, found.records("comments"))]
    told.sort(key=lambda each: each.at)
    first = messages[0] if messages else Record({})
    cells = found.cells("messages", "comments", "tags") | {
        "customer": found.text("recipient.handle"),
        "tag names": ";".join(tag.text("name") for tag in found.records("tags")),
        "standing": found.text("status_category", "status"),
        "channel": first.text("type") or found.text("last_message.type"),
    }
    return conversation(_COLUMNS, cells, told)


def said(message: Record) -> Said:
    """Read a message; a draft was never sent."""
    is_inbound = message.text("is_inbound") == "yes"
    sender = next((each for each in message.records("recipients") if each.text("role") == "from"), Record({}))
    known = sender.text("handle", "name") if is_inbound else ""
    return Said(
        id=message.text("id"),
        at=message.text("created_at"),
        direction="note" if message.text("is_draft") == "yes" else "in" if is_inbound else "out",
        body=message.text("text") or _plain(message.text("body")) or message.text("blurb"),
        author=known or message.text("author.email", "author.username"),
        attachments=[file.text("filename") for file in message.records("attachments")],
    )


def _commented(comment: Record) -> Said:
    return Said(
        id=comment.text("id"),
        at=comment.text("posted_at"),
        direction="note",
        body=comment.text("body"),
        author=comment.text("author.email", "author.username"),
        attachments=[file.text("filename") for file in comment.records("attachments")],
    )


def _plain(html: str) -> str:
    from supportq.mail.html import text_of_html

    return text_of_html(html)


PROFILE = Profile(
    title="Front, conversations of the API",
    source="front",
    signature=("id", "subject", "status", "_links.self", "_links.related.messages"),
    columns=_COLUMNS,
    statuses={**STATUSES, "assigned": "open", "unassigned": "new", "deleted": "closed", "trashed": "closed"},
    channels=CHANNELS,
    unfold=_unfold,
)
