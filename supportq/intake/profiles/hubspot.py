"""HubSpot: the CSV of tickets with its labels; the customer is the first contact that was exported with a ticket."""

from collections.abc import Iterable

from supportq.intake.profile import Cells, Profile
from supportq.intake.record import Record

STATUSES = {"waiting on contact": "pending", "waiting on us": "open"}


def _unfold(row: Record) -> Iterable[Cells]:
    stage = row.text("Ticket status").removesuffix(f"({row.text('Pipeline')})").strip()
    yield row.cells() | {"stage": stage, "customer": _customer(row)}


def _customer(row: Record) -> str:
    """Return the contact as a name with its address, or as what its number says; empty where a ticket has none."""
    contact = row.text("Associated Contact").partition(";")[0].strip()
    name, _, address = contact.removesuffix(")").rpartition(" (")
    if "@" in address:
        return f"{name} <{address}>"
    number = row.text("Associated Contact IDs").partition(";")[0].strip()
    return contact or numbered(number)


def numbered(contact: str) -> str:
    """Return what to call a contact of whom a file tells the number alone."""
    return f"contact {contact}" if contact else ""


PROFILE = Profile(
    title="HubSpot, CSV of tickets",
    source="hubspot",
    signature=("Pipeline", "Ticket status"),
    columns={
        "Ticket ID": "key",
        "Record ID": "key",
        "Create date": "at",
        "customer": "customer",
        "Associated Company": "organisation",
        "Ticket name": "subject",
        "Ticket description": "body",
        "Language": "language",
        "Ticket Tags": "tags",
        "stage": "status",
        "Priority": "priority",
        "Source": "channel",
        "Category": "category",
        "Ticket owner": "assignee",
        "First agent response date": "answered_at",
        "Last Closed Date": "resolved_at",
        "Close date": "resolved_at",
        "Last CSAT survey rating": "rating",
    },
    statuses=STATUSES,
    unfold=_unfold,
)
