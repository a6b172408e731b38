"""HubSpot: tickets by the names of its API, as scripts write them; who asked is the first of the contacts."""

from collections.abc import Iterable

from supportq.intake.profile import Cells, Profile
from supportq.intake.profiles.hubspot import STATUSES
from supportq.intake.record import Record

_CONTACTS = "hs_all_associated_contact"


def _unfold(row: Record) -> Iterable[Cells]:
    yield row.cells() | ({"customer": first_contact(row)} if f"{_CONTACTS}_emails" in row.values else {})


def first_contact(properties: Record) -> str:
    """Return the first contact of a ticket, as its properties tell it: by name and address, empty where it has none."""
    first, last, address = (
        properties.text(f"{_CONTACTS}_{what}").partition(";")[0].strip()
        for what in ("firstnames", "lastnames", "emails")
    )
    name = f"{first} {last}".strip()
    return f"{name} <{address}>" if name and address else address or name


PROFILE = Profile(
    title="HubSpot, tickets by API names",
    source="hubspot",
    signature=("subject", "createdate", "hs_pipeline", "hs_pipeline_stage"),
    columns={
        "hs_ticket_id": "key",
        "hs_object_id": "key",
        "id": "key",
        "createdate": "at",
        "email": "email",
        "customer": "customer",
        "subject": "subject",
        "content": "body",
        "hs_pipeline_stage": "status",
        "hs_ticket_priority": "priority",
        "hs_ticket_category": "category",
        "source_type": "channel",
        "hubspot_owner_id": "assignee",
        "first_agent_reply_date": "answered_at",
        "closed_date": "resolved_at",
    },
    statuses={**STATUSES, "1": "new", "2": "pending", "3": "open", "4": "closed"},
    unfold=_unfold,
)
