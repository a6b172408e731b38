"""LiveAgent: tickets of its API as JSON, or as CSV of the same fields; statuses and channels are letters."""

from collections.abc import Iterable

from supportq.intake.profile import Cells, Profile
from supportq.intake.record import Record

_POSTPONED = "W"
_DELETED = "X"


def _unfold(ticket: Record) -> Iterable[Cells]:
    """Take the due date of a postponed ticket for the moment that brings it back, and a deleted one as over by then."""
    status = ticket.text("status")
    yield ticket.cells() | {
        "waits until": ticket.text("date_due") if status == _POSTPONED else "",
        "date_resolved": ticket.text("date_resolved") or (ticket.text("date_deleted") if status == _DELETED else ""),
    }


PROFILE = Profile(
    title="LiveAgent, tickets of the API",
    source="liveagent",
    signature=("id", "code", "subject", "status", "channel_type", "owner_contactid", "date_created"),
    columns={
        "code": "key",
        "date_created": "at",
        "owner_name": "name",
        "owner_email": "email",
        "subject": "subject",
        "tags": "tags",
        "status": "status",
        "channel_type": "channel",
        "departmentid": "team",
        "agentid": "assignee",
        "date_resolved": "resolved_at",
        "waits until": "wake_at",
    },
    statuses={
        "I": "new",
        "N": "new",
        "T": "open",
        "P": "open",
        "C": "open",
        "A": "pending",
        _POSTPONED: "pending",
        "R": "resolved",
        "L": "closed",
        _DELETED: "closed",
        "B": "spam",
    },
    channels={
        "E": "email",
        "B": "form",
        "M": "form",
        "I": "chat",
        "C": "phone",
        "W": "phone",
        "F": "facebook",
        "A": "messenger",
        "T": "x",
        "Q": "self_service",
        "S": "self_service",
    },
    unfold=_unfold,
)
