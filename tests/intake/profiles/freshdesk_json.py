"""Tickets of Freshdesk's API, as https://developers.freshdesk.com/api/#tickets answers.

Asked for with `include=requester,stats` and with their conversations put into them. Quirks: status, priority and source
are numbers, the description stands apart from what was said later, a requester who is known by number alone.
"""

NAME = "tickets.json"
DATA = """\
[{"id": 7, "subject": "Loom creaks", "description": "<div>It creaks</div>", "description_text": "It creaks",
  "status": 5, "priority": 3, "source": 1, "requester_id": 3, "responder_id": 4, "type": null, "spam": false,
  "created_at": "2026-11-02T08:14:22Z", "updated_at": "2026-11-03T09:00:00Z", "tags": ["loom", "wool"],
  "requester": {"id": 3, "name": "Ida Berg", "email": "ida@example.com"},
  "stats": {"resolved_at": "2026-11-03T09:00:00Z", "closed_at": "2026-11-03T09:00:00Z"}, "conversations": [
    {"id": 2, "body": "<p>Oil it</p>", "body_text": "Oil it", "incoming": false, "private": false, "user_id": 4,
     "created_at": "2026-11-02T08:40:00Z"},
    {"id": 1, "body": "<p>Fjord again</p>", "incoming": false, "private": true, "user_id": 4,
     "created_at": "2026-11-02T08:30:00Z"}]},
 {"id": 8, "subject": "Where is it?", "description_text": "Where?", "status": 7, "priority": 2, "source": 9,
  "requester_id": 9, "created_at": "2026-11-04T07:00:00Z", "updated_at": "2026-11-04T07:00:00Z", "tags": []}]
"""
SEEN = """\
7 2026-11-02T08:14:22Z email in Ida Berg <ida@example.com>: Loom creaks
  It creaks
  priority=high tags=loom wool
  + responder_id=4
7/1 2026-11-02T08:30:00Z email note goes on 7:
  Fjord again
  + author=Freshdesk agent 4
7/2 2026-11-02T08:40:00Z email out goes on 7:
  Oil it
  status=closed
  resolved_at=2026-11-03T09:00:00Z
  + author=Freshdesk agent 4
8 2026-11-04T07:00:00Z form in Freshdesk contact 9: Where is it?
  Where?
  status=on_hold priority=normal
"""
