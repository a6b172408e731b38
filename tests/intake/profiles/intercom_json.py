"""Conversations of Intercom as its API answers.

The form is that of https://developers.intercom.com/docs/references/2.6/rest-api/conversations/conversation-model and of
its part model (`conversation_parts` stand only where one conversation was asked for, so scripts put them into the
list); what a close and an assignment may say to the customer is told in .../conversations/close-a-conversation. Quirks:
seconds since 1970, HTML, parts without a word (an event), a customer known by number alone, admins of whom the
conversation names but the number.
"""

NAME = "conversations.json"
DATA = """\
{"type": "conversation.list", "pages": {"type": "pages", "page": 1}, "total_count": 3, "conversations": [
 {"type": "conversation", "id": "77", "created_at": 1793607262, "updated_at": 1793696400, "title": null,
  "waiting_since": null, "snoozed_until": null, "open": false, "state": "closed", "read": true,
  "priority": "priority", "admin_assignee_id": 814860, "team_assignee_id": 12,
  "source": {"type": "conversation", "id": "26", "delivered_as": "customer_initiated", "subject": "<p>Loom</p>",
   "body": "<p>It creaks</p>", "author": {"type": "user", "id": "5bc", "name": "Ida Berg", "email": "ida@example.com"},
   "attachments": [{"type": "upload", "name": "loom.png", "url": "https://example.com/loom.png"}], "url": null},
  "contacts": {"type": "contact.list", "contacts": [{"type": "contact", "id": "5bc"}]},
  "tags": {"type": "tag.list", "tags": [{"type": "tag", "id": "9", "name": "wool"}]},
  "conversation_rating": {"rating": 5, "remark": "Quick!", "created_at": 1793696500},
  "statistics": {"type": "conversation_statistics", "time_to_admin_reply": 1538, "first_admin_reply_at": 1793608800,
   "last_close_at": 1793696400, "count_reopens": 0},
  "conversation_parts": {"type": "conversation_part.list", "total_count": 4, "conversation_parts": [
   {"type": "conversation_part", "id": "2", "part_type": "comment", "body": "<p>Oil it</p>", "created_at": 1793608800,
    "author": {"type": "admin", "id": "814860", "name": "Ann Lee", "email": "ann@desk.example"}, "attachments": []},
   {"type": "conversation_part", "id": "1", "part_type": "note", "body": "<p>Fjord again</p>",
    "created_at": 1793608200, "author": {"type": "bot", "id": "3", "name": "Fin"}, "attachments": []},
   {"type": "conversation_part", "id": "3", "part_type": "open", "body": "<p>Thanks</p>", "created_at": 1793610000,
    "author": {"type": "user", "id": "5bc", "name": "Ida Berg", "email": "ida@example.com"}, "attachments": []},
   {"type": "conversation_part", "id": "4", "part_type": "close", "body": null, "created_at": 1793696400,
    "author": {"type": "admin", "id": "814860", "name": "Ann Lee", "email": "ann@desk.example"}, "attachments": []}]}},
 {"type": "conversation", "id": "78", "created_at": 1793775600, "updated_at": 1793779200, "title": "Where is it?",
  "waiting_since": null, "snoozed_until": 1796112000, "open": true, "state": "snoozed", "read": false,
  "priority": "not_priority", "admin_assignee_id": null, "team_assignee_id": null,
  "source": {"type": "email", "id": "27", "delivered_as": "customer_initiated", "subject": "", "body": "<p>Where?</p>",
   "author": {"type": "lead", "id": "5bd"}, "attachments": []},
  "contacts": {"type": "contact.list", "contacts": [{"type": "contact", "id": "5bd"}]},
  "tags": {"type": "tag.list", "tags": []}, "conversation_rating": null, "statistics": null}]}
"""
SEEN = """\
77 2026-11-02T08:14:22Z chat in Ida Berg <ida@example.com>: Loom
  It creaks
  priority=high assignee=ann tags=wool
  + team_assignee_id=12 | attachments=loom.png | statistics.time_to_admin_reply=1538
77/1 2026-11-02T08:30:00Z chat note goes on 77:
  Fjord again
  automatic=True
  + author=Fin
77/2 2026-11-02T08:40:00Z chat out goes on 77:
  Oil it
  author=ann
77/3 2026-11-02T09:00:00Z chat in Ida Berg <ida@example.com> goes on 77:
  Thanks
77/4 2026-11-03T09:00:00Z chat note goes on 77:
  (close)
  status=closed rating=5 rating_comment=Quick! author=ann
  resolved_at=2026-11-03T09:00:00Z rated_at=2026-11-03T09:01:40Z
78 2026-11-04T07:00:00Z email in Intercom contact 5bd: Where is it?
  Where?
  status=pending
  wake_at=2026-12-01T08:00:00Z
  + priority=not_priority | source.author.id=5bd
"""
