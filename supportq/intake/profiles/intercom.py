"""Intercom: conversations as a CSV of messages, as its export tools write them; what happened stands among them."""

import re
from collections.abc import Iterable

from supportq.intake.profile import Cells, Profile
from supportq.intake.record import Record

_CUSTOMERS = {"user", "lead", "contact"}
_BOT = "bot"
_SAID = {"comment", "conversation_message", "conversation"}
_WAYS = {**dict.fromkeys(_CUSTOMERS, "in"), "admin": "out", _BOT: "automatic"}
"""Which way the words of each kind of author went; of others nobody knows."""


def _unfold(row: Record) -> Iterable[Cells]:
    """Take what an admin did without a word to the customer as a note of what it was."""
    kind = row.text("message_author_type").casefold()
    is_said = row.text("message_type").casefold() in _SAID
    yield row.cells() | {
        "customer" if kind in _CUSTOMERS else "author": _named(row),
        "direction": _WAYS.get(kind, "unknown") if is_said or kind == _BOT else "note",
        "public": "" if is_said else "no",
        "message_body": plain(row.text("message_body")) or f"({row.text('message_type')})",
    }


def plain(html: str) -> str:
    """Return the text of a body, which is HTML in Intercom, but for the words that people typed into a file."""
    from supportq.mail.html import text_of_html

    return text_of_html(html) if _TAG.search(html) else html


def _named(row: Record) -> str:
    name, address = row.text("message_author_name"), row.text("message_author_email")
    return f"{name} <{address}>" if name and address else address or name or f"Intercom {row.text('message_author_id')}"


_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|&[a-z]+;|&#\d+;")


PROFILE = Profile(
    title="Intercom, messages of conversations",
    source="intercom",
    signature=("message_id", "message_body", "message_type", "message_author_type", "conversation_id"),
    columns={
        "message_id": "key",
        "conversation_id": "thread",
        "message_created_at": "at",
        "direction": "direction",
        "public": "public",
        "customer": "customer",
        "author": "author",
        "message_body": "body",
        "conversation_tags": "tags",
        "conversation_state": "status",
        "conversation_closed_at": "resolved_at",
    },
    statuses={"snoozed": "pending"},
    unfold=_unfold,
    by_message=True,
)
