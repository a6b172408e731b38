"""LiveAgent: tickets of its API as JSON, or as CSV of the same fields; statuses and channels are letters."""

from supportq.intake.profile import Profile

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
    },
    statuses={
        "I": "new",
        "N": "new",
        "T": "open",
        "P": "open",
        "C": "open",
        "A": "pending",
        "W": "pending",
        "R": "resolved",
        "L": "closed",
        "X": "closed",
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
)
