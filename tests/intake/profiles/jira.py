"""A search of Jira Service Management as CSV.

Headers as public tools read them from real exports (`Custom field ([CHART] Date of First Response)`, repeated `Labels`
and `Comment`), moments as `25/Feb/26 10:17 PM`; comments are `moment;account;text`. Quirks: a status of the project's
own with its category, remaining SLA time below zero, a comment with a semicolon.
"""

NAME = "Jira.csv"
DATA = """\
Summary,Issue key,Issue id,Issue Type,Status,Project key,Priority,Resolution,Assignee,Assignee ID,Reporter,Reporter ID,\
Created,Updated,Resolved,Labels,Labels,Description,Custom field (Time to first response),\
Custom field ([CHART] Date of First Response),Custom field (Request Type),Satisfaction rating,Comment,Comment,\
Status Category
Loom creaks,DESK-7,10007,Service Request,Fixed in workshop,DESK,Highest,Done,Ann Lee,712020:aa,Ida Berg,712020:bb,\
02/Nov/26 9:14 AM,03/Nov/26 10:00 AM,03/Nov/26 10:00 AM,loom,wool,"It creaks,
all day",-0:26,02/Nov/26 1:40 PM,Repair,5,02/Nov/26 10:00 AM;712020:aa;asked the workshop; they know,\
02/Nov/26 2:00 PM;712020:bb;thanks,Done
Where is it?,DESK-8,10008,Question,Waiting for customer,DESK,Low,,,,Bo Ek,712020:cc,\
04/Nov/26 8:00 AM,04/Nov/26 8:00 AM,,,,,1:30,,,,04/Nov/26 8:30 AM;712020:aa;Which one?,,In Progress
"""
SEEN = """\
DESK-7 2026-11-02T08:14:00Z other in Ida Berg: Loom creaks
  It creaks,\\nall day
  priority=urgent assignee=ann tags=loom wool
  answered_at=2026-11-02T12:40:00Z
  + Issue id=10007 | Status=Fixed in workshop | Custom field (Time to first response)=-0:26
DESK-7/comment 1 2026-11-02T09:00:00Z other note goes on DESK-7:
  asked the workshop; they know
  + author=712020:aa
DESK-7/comment 2 2026-11-02T13:00:00Z other in Ida Berg goes on DESK-7:
  thanks
  status=resolved rating=5
  resolved_at=2026-11-03T09:00:00Z
DESK-8 2026-11-04T07:00:00Z other in Bo Ek: Where is it?
  status=pending priority=low
  + Issue id=10008 | Status Category=In Progress
DESK-8/comment 1 2026-11-04T07:30:00Z other note goes on DESK-8:
  Which one?
  is_unsure=True
  + author=712020:aa | direction=unknown
"""
