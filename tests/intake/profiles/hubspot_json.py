"""Tickets of HubSpot as its API answers, with the contacts that are tied to them.

The form is that of `GET /crm/v3/objects/tickets?associations=contacts` in
https://developers.hubspot.com/docs/api/crm/tickets: `results` of `id`, `properties`, `createdAt`, `updatedAt`,
`archived` and `associations`. `hs_all_associated_contact_emails` and its like are properties that public tools ask for,
with semicolons between several contacts. Quirks: numbers and moments are text, an empty property is null.
"""

NAME = "tickets.json"
DATA = """\
{"results": [{"id": "881", "properties": {"subject": "Loom creaks", "content": "It creaks", "hs_object_id": "881",
 "createdate": "2026-11-02T08:14:22.123Z", "closed_date": null, "hs_pipeline": "0", "hs_pipeline_stage": "2",
 "hs_ticket_priority": "HIGH", "hubspot_owner_id": "71234", "source_type": "EMAIL"},
 "createdAt": "2026-11-02T08:14:22.123Z", "updatedAt": "2026-11-02T08:40:00.000Z", "archived": false,
 "associations": {"contacts": {"results": [{"id": "51", "type": "ticket_to_contact"}]}}},
{"id": "882", "properties": {"subject": "Where is it?", "content": "", "hs_pipeline_stage": "4",
 "createdate": "2026-11-04T07:00:00Z", "closed_date": "2026-11-05T07:00:00Z",
 "hs_all_associated_contact_emails": "bo@example.com;ida@example.com", "hs_all_associated_contact_firstnames": "Bo;Ida",
 "hs_all_associated_contact_lastnames": "Ek;Berg"},
 "createdAt": "2026-11-04T07:00:00Z", "updatedAt": "2026-11-05T07:00:00Z", "archived": false}],
 "paging": {"next": {"after": "883"}}}
"""
SEEN = """\
881 2026-11-02T08:14:22Z email in contact 51: Loom creaks
  It creaks
  status=pending priority=high
  + hs_pipeline=0 | hubspot_owner_id=71234 | updatedAt=2026-11-02T08:40:00.000Z
882 2026-11-04T07:00:00Z other in Bo Ek <bo@example.com>: Where is it?
  status=closed
  resolved_at=2026-11-05T07:00:00Z
"""
