"""Intercom: conversations as a CSV of messages, as its export tools write them; what happened stands among them."""

from collections.abc import Iterable

from supportq.intake.profile import Cells, Profile
from supportq.intake.record import Record

_CUSTOMERS = {"user", "lead", "contact"}
_SAID = {"comment", "conversation_message", "conversation"}


def _unfold(row: Record) -> Iterable[Cells]:
    """Take what an admin did without a word to the customer as a note of what it was."""
    is_customer = row.text("message_author_type").casefold() in _CUSTOMERS
    is_said = row.text("message_type").casefold() in _SAID
    yield row.cells() | {
        "customer" if is_customer else "author": _named(row),
        "direction": "in" if is_customer and is_said else "out" if is_said else "note",
        "message_body": row.text("message_body") or f"({row.text('message_type')})",
    }


def _named(row: Record) -> str:
    name, address = row.text("message_author_name"), row.text("message_author_email")
    if name and address and row.text("message_author_type") in _CUSTOMERS:
        return f"{name} <{address}>"
    return address or name or f"Intercom {row.text('message_author_id')}"


PROFILE = Profile(
    title="Intercom, messages of conversations",
    source="intercom",
    signature=("message_id", "message_body", "message_type", "message_author_type", "conversation_id"),
    columns={
        "message_id": "key",
        "conversation_id": "thread",
        "message_created_at": "at",
        "direction": "direction",
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
