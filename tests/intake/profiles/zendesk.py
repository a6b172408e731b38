"""A view of Zendesk as CSV.

The headers as a public importer that writes such files lists them: `Summation column, Id, Requester, ...`,
custom fields ending in `[list]` or `[txt]`; the support page 4408886165402 calls it the CSV export. Quirks: minutes as
text, an unknown channel, a rating that was offered and never given, a requester without an address.
"""

NAME = "tickets.csv"
DATA = """\
Summation column,Id,Requester,Requester id,Requester external id,Requester email,Requester domain,Submitter,Assignee,\
Group,Subject,Tags,Status,Priority,Via,Ticket type,Created at,Updated at,Assigned at,Organization,Due date,\
Initially assigned at,Solved at,Resolution time,Satisfaction Score,Group stations,Assignee stations,Reopens,Replies,\
First reply time in minutes,First reply time in minutes within business hours,Loom [list]
1,4711,Ida Berg,361,,ida@example.com,example.com,Ida Berg,Ann Lee,Sales & Orders,Loom creaks,loom wool,Solved,High,\
Mail,Question,2026-11-02 09:14,2026-11-03 10:00,2026-11-02 09:20,Berg & Sons,,2026-11-02 09:20,2026-11-03 09:00,24,\
Good,1,1,0,2,26,26,Fjord
1,4712,Bo,362,,,,Bo,Kim,Level 2,Where is it?,,Hold,,Get Satisfaction,,2026-11-04 08:00,2026-11-04 08:00,,,,,,,\
Offered,0,0,0,0,,,
"""
SEEN = """\
4711 2026-11-02T08:14:00Z email in Ida Berg <ida@example.com> of Berg & Sons: Loom creaks
  status=resolved priority=high team=sales assignee=ann tags=loom wool rating=5
  answered_at=2026-11-02T08:40:00Z resolved_at=2026-11-03T08:00:00Z
  + Summation column=1 | Requester id=361 | Requester domain=example.com | Submitter=Ida Berg | Ticket type=Question
4712 2026-11-04T07:00:00Z other in Bo: Where is it?
  status=on_hold
  + Requester id=362 | Via=Get Satisfaction | Group=Level 2 | Assignee=Kim | Satisfaction Score=Offered | Reopens=0
"""
