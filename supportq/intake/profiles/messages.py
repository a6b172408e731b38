"""The form for what no other form holds: one message a row, each with its ticket, its author and its direction."""

from supportq.intake.profile import Profile

PROFILE = Profile(
    title="one message a row",
    source="messages",
    signature=("ticket_ref", "at", "author", "direction", "body"),
    columns={
        "ticket_ref": "thread",
        "message_ref": "key",
        "at": "at",
        "author": "author",
        "customer": "customer",
        "direction": "direction",
        "author_role": "direction",
        "channel": "channel",
        "public": "public",
        "subject": "subject",
        "body": "body",
        "tags": "tags",
        "status": "status",
        "priority": "priority",
        "team": "team",
        "assignee": "assignee",
        "category": "category",
        "resolved_at": "resolved_at",
        "wake_at": "wake_at",
        "rating": "rating",
        "rated_at": "rated_at",
        "rating_comment": "rating_comment",
    },
    by_message=True,
    follows=True,
)
