"""Tickets of Freshservice as CSV.

Headers as a public script lists them from an export (`Requester Email`, `Urgency`, `Impact`, `First Response Time (in
Hrs)`). Quirk: the letters of the headers are larger than Freshdesk's.
"""

NAME = "tickets.csv"
DATA = """\
Subject,Type,Status,Urgency,Impact,Priority,Group,Agent,Company,Description,Category,Sub-Category,Item,Source,\
Resolution Note,Ticket Id,Requester Name,Requester Email,Created Time,Due by Time,Resolved Time,Closed Time,\
Last Updated Time,Initial Response Time,First Response Time (in Hrs),Tags,Approval Status
Loom creaks,Incident,Open,High,Low,Medium,Sales & Orders,ann@desk.example,Berg & Sons,It creaks,order,Wool,,Phone,,\
INC-15,Ida Berg,ida@example.com,2026-11-02 09:14:22,2026-11-05 09:14:22,,,2026-11-02 10:00:00,2026-11-02 09:40:00,\
00:25:38,loom,Not Requested
"""
SEEN = """\
INC-15 2026-11-02T08:14:22Z phone in Ida Berg <ida@example.com> of Berg & Sons: Loom creaks
  It creaks
  status=open priority=normal team=sales assignee=ann category=order tags=loom
  answered_at=2026-11-02T08:40:00Z
  + Urgency=High | Impact=Low | Sub-Category=Wool | Approval Status=Not Requested
"""
