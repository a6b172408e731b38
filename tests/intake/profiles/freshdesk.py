"""Tickets of Freshdesk as CSV.

The headers as its own export code maps them (`display_id: 'Ticket ID'`, `first_res_time_bhrs: 'First response time (in
hrs)'`), with the contact's in later columns, phones among them, and the case that exports of other years have. Quirks:
hours that repeat and are often empty, a survey in words, `n/a` where there is no phone.
"""

NAME = "tickets.csv"
DATA = """\
Ticket ID,Subject,Status,Priority,Source,Type,Agent,Group,Created time,Due by Time,Resolved time,Closed time,\
Last update time,Initial response time,Time tracked,First response time (in hrs),Resolution time (in hrs),\
Agent interactions,Customer interactions,Resolution status,First response status,Tags,Survey results,Product,Full name,\
Email,Company Name,Work phone,Mobile phone
15,Loom creaks,Waiting on Customer,Urgent,Portal,return,Ann Lee,Sales & Orders,2026-11-02 09:14:22,2026-11-05 09:14:22,\
,,2026-11-02 10:00:00,2026-11-02 09:40:00,00:00,00:25:38,,2,1,,Within SLA,"loom,wool",Extremely Happy,,Ida Berg,\
ida@example.com,Berg & Sons,+49 30 1234,
16,Where is it?,Closed,Low,Feedback Widget,,No Agent,Level 2,2026-11-04 08:00:00,,2026-11-04 09:00:00,\
2026-11-08 09:00:00,2026-11-08 09:00:00,,01:30,,01:00:00,0,1,SLA Violated,,,,,Bo Ek,bo@example.com,,,
17,Call me,Open,Low,Phone,,,,2026-11-04 08:00:00,,,,,,,,,,,,,,,,,,,n/a,0049 30 77
"""
SEEN = """\
15 2026-11-02T08:14:22Z self_service in Ida Berg <ida@example.com> of Berg & Sons: Loom creaks
  status=pending priority=urgent team=sales assignee=ann category=return tags=loom wool rating=5
  answered_at=2026-11-02T08:40:00Z
  + First response time (in hrs)=00:25:38 | Time tracked=00:00 | Work phone=+49 30 1234
16 2026-11-04T07:00:00Z form in Bo Ek <bo@example.com>: Where is it?
  status=closed priority=low
  resolved_at=2026-11-04T08:00:00Z
  + Closed time=2026-11-08 09:00:00 | Agent=No Agent | Group=Level 2 | Time tracked=01:30
17 2026-11-04T07:00:00Z phone in <0049 30 77>: Call me
  status=open priority=low
  + Work phone=n/a
"""
