"""The results of a search in RT, tab-separated.

`share/html/Search/Results.tsv` writes a header with the title of each column of the search and takes tabs and line ends
out of the values. Quirks: moments as `Mon Nov 02 09:14:22 2026`, `Not set`, several requestors, numeric priorities.
"""

NAME = "Results.tsv"
DATA = """\
id\tSubject\tStatus\tQueue\tOwner\tPriority\tRequestors\tCreated\tTold\tLastUpdated\tResolved
31\tLoom creaks\tstalled\tSales & Orders\tann\t50\tida@example.com, bo@example.com\tMon Nov 02 09:14:22 2026\tNot set\t\
Mon Nov 02 10:00:00 2026\tNot set
32\tWhere is it?\trejected\tGeneral\tNobody\t0\tbo@example.com\tWed Nov 04 08:00:00 2026\tNot set\t\
Thu Nov 05 08:00:00 2026\tThu Nov 05 08:00:00 2026
"""
SEEN = """\
31 2026-11-02T08:14:22Z other in <ida@example.com>: Loom creaks
  status=on_hold team=sales assignee=ann
  + Priority=50 | Requestors=ida@example.com, bo@example.com
32 2026-11-04T07:00:00Z other in <bo@example.com>: Where is it?
  status=closed
  resolved_at=2026-11-05T07:00:00Z
  + Queue=General | Priority=0
"""
