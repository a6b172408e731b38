"""Tickets of HubSpot as CSV, by labels.

`First agent response date` is the label of `hs_first_agent_message_sent_at` in its ticket properties, `Associated
Contact` and `Associated Contact IDs` are columns of every export with associations. Quirks: stages carry their
pipeline's name, contacts stand as `Name (address)` and several are parted by semicolons.
"""

NAME = "hubspot-crm-exports-all-tickets.csv"
DATA = """\
Ticket ID,Ticket name,Ticket description,Pipeline,Ticket status,Create date,Priority,Ticket owner,Source,Category,\
First agent response date,Close date,Last CSAT survey rating,Associated Contact,Associated Contact IDs,\
Associated Company,SLA Pause Status
881,Loom creaks,It creaks,Support Pipeline,Waiting on contact (Support Pipeline),2026-11-02 09:14,HIGH,Ann Lee,\
Email,order,2026-11-02 09:40,,4,Ida Berg (ida@example.com);Bo Ek (bo@example.com),51;52,Berg & Sons,0
882,Where is it?,,Support Pipeline,Closed (Support Pipeline),2026-11-04 08:00,,,Chat,,,2026-11-05 08:00,,,53,,
"""
SEEN = """\
881 2026-11-02T08:14:00Z email in Ida Berg <ida@example.com> of Berg & Sons: Loom creaks
  It creaks
  status=pending priority=high assignee=ann category=order rating=4
  answered_at=2026-11-02T08:40:00Z
  + Pipeline=Support Pipeline | Ticket status=Waiting on contact (Support Pipeline) | SLA Pause Status=0
882 2026-11-04T07:00:00Z chat in contact 53: Where is it?
  status=closed
  resolved_at=2026-11-05T07:00:00Z
"""
