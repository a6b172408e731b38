"""Front: the CSV of an export of messages, each with its conversation."""

from supportq.intake.profile import Profile

PROFILE = Profile(
    title="Front, export of messages",
    source="front",
    signature=("Message ID", "Conversation ID", "Direction", "Message date", "Contact handle", "Extract"),
    columns={
        "Message ID": "key",
        "Conversation ID": "thread",
        "Message date": "at",
        "Direction": "direction",
        "Author": "author",
        "Contact name": "name",
        "Contact handle": "email",
        "Account names": "organisation",
        "Subject": "subject",
        "Extract": "body",
        "Tags": "tags",
        "Inbox": "team",
        "Assignee": "assignee",
        "Ticket status category": "status",
        "Segment closed": "fact",
    },
    statuses={"waiting": "pending"},
    by_message=True,
)
