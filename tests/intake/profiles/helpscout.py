"""Conversations of Help Scout, with their threads.

As https://developer.helpscout.com/mailbox-api/endpoints/conversations/list/ and .../threads/list/ answer: a HAL
document, threads from newest to oldest, customers in `primaryCustomer`. Quirks: bodies are HTML, what happened stands
among what was said as `lineitem`, drafts too.
"""

NAME = "conversations.json"
DATA = """\
{"_embedded": {"conversations": [{"id": 10, "number": 349, "type": "email", "subject": "Loom creaks",
  "status": "closed", "preview": "It creaks", "mailboxId": 85, "createdAt": "2026-11-02T08:14:22Z",
  "closedAt": "2026-11-03T09:00:00Z", "tags": [{"id": 9, "tag": "loom"}, {"id": 8, "tag": "wool"}],
  "primaryCustomer": {"id": 29, "type": "customer", "first": "Ida", "last": "Berg", "email": "ida@example.com"},
  "assignee": {"id": 7, "email": "ann@desk.example"},
  "_embedded": {"threads": [
    {"id": 4, "type": "lineitem", "action": {"text": "Ann closed it"}, "createdAt": "2026-11-03T09:00:00Z",
     "createdBy": {"type": "user", "email": "ann@desk.example"}},
    {"id": 3, "type": "message", "state": "published", "body": "<p>Oil it</p>", "createdAt": "2026-11-02T08:40:00Z",
     "createdBy": {"type": "user", "email": "ann@desk.example"}},
    {"id": 2, "type": "message", "state": "draft", "body": "Hm", "createdAt": "2026-11-02T08:30:00Z",
     "createdBy": {"type": "user", "first": "Kim"}},
    {"id": 1, "type": "customer", "body": "It creaks<br>all day", "createdAt": "2026-11-02T08:14:22Z",
     "createdBy": {"type": "customer", "email": "ida@example.com"},
     "_embedded": {"attachments": [{"id": 12, "filename": "loom.png"}]}}]}}]},
 "page": {"size": 25, "totalElements": 1}}
"""
SEEN = """\
10 2026-11-02T08:14:22Z email in Ida Berg <ida@example.com>: Loom creaks
  It creaks\\nall day
  assignee=ann tags=loom wool
  + number=349 | mailboxId=85 | attachments=loom.png
10/2 2026-11-02T08:30:00Z email note goes on 10:
  Hm
  + author=Kim
10/3 2026-11-02T08:40:00Z email out goes on 10:
  Oil it
  author=ann
10/4 2026-11-03T09:00:00Z email note goes on 10:
  Ann closed it
  status=closed author=ann
  resolved_at=2026-11-03T09:00:00Z
"""
