"""Tickets of LiveAgent as its API answers.

Fields and letters as `docs/Ticket.md` of QualityUnit/LiveAgent-api-python lists them (status `A - answered`, channel
`E - email`, `date_due`); https://support.liveagent.com/465329-Ticket-Statuses-Overview says that a postponed ticket is
open again once its time has elapsed. Quirks: custom fields are a list of objects, moments name no zone.
"""

NAME = "tickets.json"
DATA = """\
[
  {"id": "x8f", "code": "ABC-1", "owner_contactid": "c1", "owner_email": "ida@example.com", "owner_name": "Ida Berg",
   "departmentid": "sales", "agentid": "ann", "status": "A", "tags": ["loom", "wool"], "channel_type": "E",
   "date_created": "2026-11-02 09:14:22", "date_changed": "2026-11-02 10:00:00", "date_resolved": null,
   "subject": "Loom creaks", "custom_fields": [{"code": "loom", "value": "Fjord"}]},
  {"id": "x8g", "code": "ABC-2", "owner_contactid": "c2", "owner_email": "bo@example.com", "owner_name": "",
   "departmentid": "kxq", "agentid": "", "status": "L", "tags": [], "channel_type": "C",
   "date_created": "2026-11-04 08:00:00", "date_resolved": "2026-11-04 09:00:00", "subject": "Where is it?"},
  {"id": "x8h", "code": "ABC-3", "owner_contactid": "c2", "owner_email": "bo@example.com", "owner_name": "",
   "departmentid": "", "agentid": "", "status": "W", "tags": [], "channel_type": "E",
   "date_created": "2026-11-04 08:00:00", "date_due": "2026-12-01 09:00:00", "subject": "Loom for Christmas"},
  {"id": "x8i", "code": "ABC-4", "owner_contactid": "c2", "owner_email": "bo@example.com", "owner_name": "",
   "departmentid": "", "agentid": "", "status": "X", "tags": [], "channel_type": "E",
   "date_created": "2026-11-04 08:00:00", "date_deleted": "2026-11-05 09:00:00", "subject": "Test"}
]
"""
SEEN = """\
ABC-1 2026-11-02T08:14:22Z email in Ida Berg <ida@example.com>: Loom creaks
  status=pending team=sales assignee=ann tags=loom wool
  + id=x8f | custom_fields=[{"code": "loom", "value": "Fjord"}]
ABC-2 2026-11-04T07:00:00Z phone in <bo@example.com>: Where is it?
  status=closed
  resolved_at=2026-11-04T08:00:00Z
  + departmentid=kxq
ABC-3 2026-11-04T07:00:00Z email in <bo@example.com>: Loom for Christmas
  status=pending
  wake_at=2026-12-01T08:00:00Z
  + date_due=2026-12-01 09:00:00
ABC-4 2026-11-04T07:00:00Z email in <bo@example.com>: Test
  status=closed
  resolved_at=2026-11-05T08:00:00Z
"""
