"""Tickets of HubSpot as scripts write them from its API.

The names are those of https://developers.hubspot.com/docs/api/crm/tickets (`subject`, `content`, `hs_pipeline_stage`,
`hs_ticket_priority`); who asked is in `hs_all_associated_contact_emails`, for which public tools ask with them. Quirk:
the stages of the first pipeline are the numbers 1 to 4.
"""

NAME = "tickets.csv"
DATA = """\
hs_ticket_id,subject,content,createdate,closed_date,hs_pipeline,hs_pipeline_stage,hs_ticket_priority,hubspot_owner_id,\
source_type,time_to_close,first_agent_reply_date,hs_all_associated_contact_emails
881,Loom creaks,It creaks,2026-11-02T08:14:22.123Z,,0,2,MEDIUM,71234,EMAIL,,2026-11-02T08:40:00Z,ida@example.com
"""
SEEN = """\
881 2026-11-02T08:14:22Z email in <ida@example.com>: Loom creaks
  It creaks
  status=pending priority=normal
  answered_at=2026-11-02T08:40:00Z
  + hs_pipeline=0 | hubspot_owner_id=71234
"""
