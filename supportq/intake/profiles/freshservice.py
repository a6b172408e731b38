"""Freshservice: the CSV of tickets, as Freshdesk's but with requesters, urgency and impact."""

from supportq.intake.profile import Profile
from supportq.intake.profiles.freshdesk import CHANNELS, TELLING

PROFILE = Profile(
    title="Freshservice, CSV of tickets",
    source="freshservice",
    signature=("Ticket Id", "Status", "Urgency", "Impact", "Agent", "Group", "Created Time", "Requester Email"),
    telling=(*TELLING, "Urgency", "Impact", "Requester Email", "Requester Name", "Sub-Category", "Approval Status"),
    columns={
        "Ticket Id": "key",
        "Created Time": "at",
        "Requester Name": "name",
        "Requester Email": "email",
        "Company": "organisation",
        "Subject": "subject",
        "Description": "body",
        "Tags": "tags",
        "Status": "status",
        "Priority": "priority",
        "Source": "channel",
        "Group": "team",
        "Agent": "assignee",
        "Category": "category",
        "Initial Response Time": "answered_at",
        "Resolved Time": "resolved_at",
        "Closed Time": "resolved_at",
    },
    channels=CHANNELS,
)
