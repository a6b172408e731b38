"""osTicket: the CSV of a queue, without messages; times are in the zone of its database."""

from supportq.intake.profile import Profile

PROFILE = Profile(
    title="osTicket, CSV of a queue",
    source="osticket",
    signature=("Ticket Number", "Date Created", "From", "From Email", "Current Status"),
    telling=(
        "Date Created",
        "From Email",
        "Help Topic",
        "Current Status",
        "SLA Plan",
        "SLA Due Date",
        "Agent Assigned",
        "Team Assigned",
        "Thread Count",
        "Reopen Count",
    ),
    columns={
        "Ticket Number": "key",
        "Date Created": "at",
        "From": "name",
        "From Email": "email",
        "Subject": "subject",
        "Priority": "priority",
        "Department": "team",
        "Agent Assigned": "assignee",
        "Help Topic": "category",
        "Source": "channel",
        "Current Status": "status",
        "Closed Date": "resolved_at",
    },
    statuses={"deleted": "closed"},
    channels={"api": "other"},
)
