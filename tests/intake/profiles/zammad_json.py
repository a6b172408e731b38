"""Tickets of Zammad as its API answers with `expand=true`, with articles put into them.

Attributes as https://docs.zammad.org/en/latest/api/ticket/ and .../api/ticket/articles.html give them. Quirks: the
number that people see is not the id that articles name, HTML says so in `content_type`, notes are `internal`, a ticket
that is pending names its `pending_time`, of which a `pending reminder` makes a moment to come back.
"""

NAME = "tickets.json"
DATA = """\
[{"id": 5, "number": "31005", "title": "Loom creaks", "state": "merged", "priority": "2 normal", "group": "Users",
  "owner": "ann@desk.example", "customer": "ida@example.com", "organization": "Berg & Sons",
  "create_article_type": "phone", "created_at": "2026-11-02T08:14:22.123Z", "close_at": "2026-11-03T09:00:00.000Z",
  "first_response_at": "2026-11-02T08:40:00.000Z", "article_count": 2, "articles": [
   {"id": 1, "ticket_id": 5, "sender": "Customer", "type": "phone", "internal": false, "content_type": "text/html",
    "body": "<div>It creaks</div>", "from": "Ida Berg <ida@example.com>", "created_by": "ida@example.com",
    "created_at": "2026-11-02T08:14:22.123Z", "attachments": []},
   {"id": 2, "ticket_id": 5, "sender": "Agent", "type": "email", "internal": false, "content_type": "text/plain",
    "body": "Oil it", "created_by": "ann@desk.example", "created_at": "2026-11-02T08:40:00.000Z"}]},
 {"id": 6, "number": "31006", "title": "Loom for Christmas", "state": "pending reminder", "priority": "1 low",
  "group": "Users", "owner": "-", "customer": "bo@example.com", "organization": null, "create_article_type": "web",
  "created_at": "2026-11-04T07:00:00.000Z", "pending_time": "2026-12-01T08:00:00.000Z", "article_count": 1}]
"""
SEEN = """\
31005 2026-11-02T08:14:22Z phone in <ida@example.com> of Berg & Sons goes on ticket 5: Loom creaks
  It creaks
  priority=normal assignee=ann
  + id=5 | group=Users | article_count=2
31005/2 2026-11-02T08:40:00Z phone out goes on 31005:
  Oil it
  status=closed author=ann
  resolved_at=2026-11-03T09:00:00Z
31006 2026-11-04T07:00:00Z form in <bo@example.com> goes on ticket 6: Loom for Christmas
  status=pending priority=low
  wake_at=2026-12-01T08:00:00Z
  + pending_time=2026-12-01T08:00:00.000Z
"""
