"""Articles of Zammad as `/api/v1/ticket_articles/by_ticket/5` answers.

See https://docs.zammad.org/en/latest/api/ticket/articles.html. Quirk: the ticket is named by its id alone.
"""

NAME = "articles.json"
DATA = """\
[{"id": 3, "ticket_id": 5, "sender": "Agent", "type": "note", "internal": true, "content_type": "text/plain",
  "subject": null, "body": "Fjord again", "created_by": "kim@desk.example", "created_at": "2026-11-02T08:50:00.000Z",
  "attachments": [{"id": 9, "filename": "loom.png"}]},
 {"id": 4, "ticket_id": 5, "sender": "Customer", "type": "email", "internal": false, "content_type": "text/html",
  "subject": "Re: Loom", "body": "Thanks", "created_by": "ida@example.com", "created_at": "2026-11-02T09:40:00.000Z"}]
"""
SEEN = """\
article 3 2026-11-02T08:50:00Z other note goes on ticket 5:
  Fjord again
  + author=kim@desk.example | attachments=loom.png
article 4 2026-11-02T09:40:00Z email in <ida@example.com> goes on ticket 5: Re: Loom
  Thanks
"""
