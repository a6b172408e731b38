"""Freshdesk: the CSV of tickets, without messages; its times `in hrs` are of business hours, and kept as facts."""

from supportq.intake.profile import Profile

CHANNELS = {"feedback widget": "form", "outbound email": "email", "mobihelp": "chat"}

TELLING = (
    "Created time",
    "Due by Time",
    "Initial response time",
    "Time tracked",
    "First response time (in hrs)",
    "Resolution time (in hrs)",
    "Agent interactions",
    "Customer interactions",
    "Resolution status",
    "First response status",
    "Every response status",
    "Association type",
)

PROFILE = Profile(
    title="Freshdesk, CSV of tickets",
    source="freshdesk",
    signature=("Ticket ID", "Status", "Agent", "Group", "Created time", "Due by Time"),
    telling=(*TELLING, "Last update time", "Survey results", "Full name", "Work phone", "Company Name"),
    columns={
        "Ticket ID": "key",
        "Created time": "at",
        "Full name": "name",
        "Contact name": "name",
        "Email": "email",
        "Work phone": "phone",
        "Mobile phone": "phone",
        "Company Name": "organisation",
        "Subject": "subject",
        "Description": "body",
        "Tags": "tags",
        "Status": "status",
        "Priority": "priority",
        "Source": "channel",
        "Group": "team",
        "Agent": "assignee",
        "Type": "category",
        "Initial response time": "answered_at",
        "Resolved time": "resolved_at",
        "Closed time": "resolved_at",
        "Survey results": "rating",
    },
    statuses={"waiting on customer": "pending", "waiting on third party": "on_hold"},
    channels=CHANNELS,
    ratings={
        "extremely happy": "5",
        "very happy": "5",
        "happy": "4",
        "neutral": "3",
        "unhappy": "2",
        "very unhappy": "1",
        "extremely unhappy": "1",
    },
)
