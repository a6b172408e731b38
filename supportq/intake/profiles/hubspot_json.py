"""HubSpot: tickets as its API answers; their properties are those of a file by API names."""

from collections.abc import Iterable

from supportq.intake.profile import Cells, Profile
from supportq.intake.profiles import hubspot_api
from supportq.intake.profiles.hubspot import numbered
from supportq.intake.record import Record


def _unfold(ticket: Record) -> Iterable[Cells]:
    """Return the properties beside what stands around them; who asked is the first contact that is tied to it."""
    around = ticket.cells("properties", "associations")
    properties = Record(ticket.values["properties"]) if isinstance(ticket.values["properties"], dict) else Record({})
    contacts = [contact.text("id") for contact in ticket.records("associations.contacts.results")]
    known = hubspot_api.first_contact(properties) or numbered(next(iter(contacts), ""))
    yield around | properties.cells() | ({"customer": known} if known else {})


PROFILE = Profile(
    title="HubSpot, JSON of the API",
    source=hubspot_api.PROFILE.source,
    signature=("id", "properties.subject", "properties.hs_pipeline_stage", "createdAt"),
    columns={"id": "key", **hubspot_api.PROFILE.columns, "createdAt": "at"},
    statuses=hubspot_api.PROFILE.statuses,
    unfold=_unfold,
)
