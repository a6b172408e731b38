"""A queue of osTicket as CSV.

Headers as `CustomQueue::getExportableFields` in its `include/class.queue.php` names them; `include/class.export.php`
writes a byte order mark and a semicolon where the locale has a decimal comma. Quirk: what a spreadsheet would run as a
formula has an apostrophe in front, phone numbers too.
"""

NAME = "tickets.csv"
DATA = """\
\ufeff"Ticket Number";"Date Created";"Subject";"From";"From Email";"Priority";"Department";"Help Topic";"Source";\
"Current Status";"Last Updated";"SLA Due Date";"SLA Plan";"Due Date";"Closed Date";"Overdue";"Merged";"Linked";\
"Answered";"Agent Assigned";"Team Assigned";"Thread Count";"Reopen Count";"Attachment Count";"Task Count";"Phone Number"
"104711";"2026-11-02 09:14:22";"'=SUM of all looms";"Ida Berg";"ida@example.com";"Emergency";"Sales & Orders";\
"order";"API";"Closed";"2026-11-03 10:00:00";"";"Default";"";"2026-11-03 10:00:00";"0";"0";"0";"1";"Ann Lee";"";"3";\
"0";"1";"0";"'+49 1555 010"
"""
SEEN = """\
104711 2026-11-02T08:14:22Z other in Ida Berg <ida@example.com>: =SUM of all looms
  status=closed priority=urgent team=sales assignee=ann category=order
  resolved_at=2026-11-03T09:00:00Z
  + Phone Number=+49 1555 010 | Thread Count=3 | SLA Plan=Default
"""
