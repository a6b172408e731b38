"""An export of messages of Front.

The columns are those that its analytics API lists for an export of messages (`POST /analytics/exports`: Message ID,
Conversation ID, Direction, Status, Inbox, Message date, ..., Ticket status category). Quirks: the newest message first,
the state of the conversation in every row.
"""

NAME = "front-messages.csv"
DATA = """\
Message ID,Conversation ID,Direction,Status,Inbox,Message date,Assignee,Author,Contact name,Contact handle,From,To,\
Subject,Extract,Tags,Response time,Ticket status category
m2,c1,Outbound,Archived,Level 2,2026-11-02 09:40:00,Ann Lee,Ann Lee,Ida Berg,ida@example.com,desk@example.com,\
ida@example.com,Re: Loom,Oil it,loom,1538,Resolved
m1,c1,Inbound,Archived,Level 2,2026-11-02 09:14:22,Ann Lee,Ida Berg,Ida Berg,ida@example.com,ida@example.com,\
desk@example.com,Loom,It creaks,loom,,Resolved
"""
SEEN = """\
m1 2026-11-02T08:14:22Z other in Ida Berg <ida@example.com> goes on c1: Loom
  It creaks
  assignee=ann tags=loom
  + Status=Archived | Inbox=Level 2 | From=ida@example.com
m2 2026-11-02T08:40:00Z other out Ida Berg <ida@example.com> goes on c1: Re: Loom
  Oil it
  status=resolved assignee=ann tags=loom author=ann
  + Response time=1538
"""
