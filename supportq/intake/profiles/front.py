"""Front: the CSV of an export of messages, each with its conversation; which columns it has is chosen there."""

from collections.abc import Iterable

from supportq.intake.profile import Cells, Profile
from supportq.intake.record import Record

STATUSES = {"waiting": "pending"}


def _unfold(row: Record) -> Iterable[Cells]:
    is_inbound = row.text("Direction").casefold() == "inbound"
    other_end = row.text("From" if is_inbound else "To")
    yield row.cells() | {
        "customer": row.text("Contact handle") or other_end.partition(",")[0],
        "words": row.text("Extract", "Subject") or "(no text)",
    }


PROFILE = Profile(
    title="Front, export of messages",
    source="front",
    signature=("Message ID", "Conversation ID", "Direction", "Message date"),
    columns={
        "Message ID": "key",
        "Conversation ID": "thread",
        "Message date": "at",
        "Direction": "direction",
        "Author": "author",
        "Contact name": "name",
        "customer": "customer",
        "Account names": "organisation",
        "Subject": "subject",
        "words": "body",
        "Tags": "tags",
        "Inbox": "team",
        "Assignee": "assignee",
        "Ticket status category": "status",
        "Segment closed": "fact",
    },
    statuses=STATUSES,
    unfold=_unfold,
    by_message=True,
)
