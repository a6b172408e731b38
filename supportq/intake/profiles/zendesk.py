"""Zendesk: the CSV of a view, without messages; times to the first reply are minutes."""

from supportq.intake.profile import Profile

RATINGS = {"good": "5", "bad": "1"}
CHANNELS = {
    "phone call (inbound)": "phone",
    "phone call (outbound)": "phone",
    "web service (api)": "other",
    "web widget": "form",
    "help center post": "self_service",
    "facebook private message": "messenger",
    "instagram direct": "instagram",
    "x (formerly twitter)": "x",
    "x (formerly twitter) direct message": "x",
    "twitter direct message": "x",
    "native_messaging": "chat",
    "messaging": "chat",
}

PROFILE = Profile(
    title="Zendesk, CSV of a view",
    source="zendesk",
    signature=("Id", "Requester", "Submitter", "Subject", "Status", "Via", "Created at"),
    telling=(
        "Summation column",
        "Requester id",
        "Requester external id",
        "Requester domain",
        "Submitter",
        "Ticket type",
        "Assigned at",
        "Initially assigned at",
        "Solved at",
        "Satisfaction Score",
        "Group stations",
        "Assignee stations",
        "First reply time in minutes",
        "First resolution time in minutes",
        "Full resolution time in minutes",
        "Agent wait time in minutes",
        "Requester wait time in minutes",
        "On hold time in minutes",
    ),
    columns={
        "Id": "key",
        "Created at": "at",
        "Requester": "name",
        "Requester email": "email",
        "Organization": "organisation",
        "Subject": "subject",
        "Tags": "tags:words",
        "Status": "status",
        "Priority": "priority",
        "Via": "channel",
        "Group": "team",
        "Assignee": "assignee",
        "First reply time in minutes": "answered_at:minutes",
        "Solved at": "resolved_at",
        "Satisfaction Score": "rating",
    },
    channels=CHANNELS,
    ratings=RATINGS,
)
