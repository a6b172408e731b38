"""HubSpot: tickets by the names of its API, as scripts write them; who asked is not among them."""

from collections.abc import Iterable

from supportq.intake.profile import Cells, Profile
from supportq.intake.profiles.hubspot import STATUSES
from supportq.intake.record import Record


def _unfold(row: Record) -> Iterable[Cells]:
    yield row.cells() | {"customer": f"contact of ticket {row.text('hs_ticket_id', 'hs_object_id', 'id')}"}


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
