"""The JSON export of Zendesk, one ticket a line.

Fields as the Tickets and Ticket Comments pages of its developer documentation give them; that the export has one object
a line and carries requester and comments inside is how public readers of it take it. Quirks: the first comment is the
description, notes are `public: false`, a comment that is an attachment alone, a requester known by number only; users
have roles (`end-user`, `agent`, `admin`), so that somebody in copy is none of us, and a trigger writes as user -1.
"""

NAME = "export.json"
DATA = """\
{"url": "https://x.zendesk.com/api/v2/tickets/4711.json", "id": 4711, "external_id": null, "via": {"channel": "email"},\
 "created_at": "2026-11-02T08:14:22Z", "updated_at": "2026-11-03T09:00:00Z", "type": "question",\
 "subject": "Loom creaks", "description": "It creaks",\
 "priority": "high", "status": "solved", "requester_id": 361, "submitter_id": 361,\
 "requester": {"id": 361, "name": "Ida Berg", "email": "ida@example.com"}, "group": {"id": 9, "name": "Level 2"},\
 "tags": ["loom", "wool"], "satisfaction_rating": {"score": "good", "comment": "Quick!"}, "metric_set": {"reopens": 1,\
 "solved_at": "2026-11-03T09:00:00Z"}, "comments": [\
{"id": 1, "author_id": 361, "public": true, "body": "It creaks",\
 "created_at": "2026-11-02T08:14:22Z", "attachments": []},\
{"id": 2, "author_id": 77, "public": false, "body": "Fjord again", "created_at": "2026-11-02T08:30:00Z"},\
{"id": 3, "author_id": 77, "author": {"email": "ann@desk.example"}, "public": true, "body": "Oil it",\
 "created_at": "2026-11-02T08:40:00Z"},\
{"id": 4, "author_id": 361, "public": true, "body": "", "created_at": "2026-11-02T09:40:00Z",\
 "attachments": [{"file_name": "loom.png"}]}]}
{"id": 4712, "created_at": "2026-11-04T07:00:00Z", "subject": "Where is it?", "description": "Where?",\
 "priority": null, "status": "hold", "requester_id": 362, "submitter_id": 362, "via": {"channel": "web"}, "tags": []}
{"id": 4713, "created_at": "2026-11-04T07:00:00Z", "subject": "And now?", "description": "Now?", "status": "open",\
 "requester_id": 362, "submitter_id": 362, "via": {"channel": "web"}, "tags": [], "comments": [\
{"id": 1, "author_id": 362, "public": true, "body": "Now?", "created_at": "2026-11-04T07:00:00Z"},\
{"id": 2, "author_id": -1, "public": true, "body": "We got it", "created_at": "2026-11-04T07:00:01Z"},\
{"id": 3, "author_id": 888, "public": true, "body": "I wait too", "created_at": "2026-11-04T07:30:00Z",\
 "author": {"id": 888, "name": "Bo Ek", "email": "bo@example.com", "role": "end-user"}},\
{"id": 4, "author_id": 91, "public": true, "body": "Tomorrow", "created_at": "2026-11-04T08:00:00Z"},\
{"id": 5, "author_id": 77, "public": true, "body": "Sent", "created_at": "2026-11-04T09:00:00Z",\
 "author": {"name": "Ann Lee", "role": "agent"}}]}
"""
SEEN = """\
4711 2026-11-02T08:14:22Z email in Ida Berg <ida@example.com>: Loom creaks
  It creaks
  priority=high tags=loom wool
  + group.name=Level 2 | metric_set.reopens=1 | type=question
4711/2 2026-11-02T08:30:00Z email note goes on 4711:
  Fjord again
  author=ann
4711/3 2026-11-02T08:40:00Z email out goes on 4711:
  Oil it
  author=ann
4711/4 2026-11-02T09:40:00Z email in Ida Berg <ida@example.com> goes on 4711:
  (loom.png)
  status=resolved rating=5 rating_comment=Quick!
  resolved_at=2026-11-03T09:00:00Z
  + attachments=loom.png
4712 2026-11-04T07:00:00Z form in Zendesk user 362: Where is it?
  Where?
  status=on_hold
4713 2026-11-04T07:00:00Z form in Zendesk user 362: And now?
  Now?
4713/2 2026-11-04T07:00:01Z form out goes on 4713:
  We got it
  automatic=True
  + author=Zendesk user -1
4713/3 2026-11-04T07:30:00Z form in Bo Ek <bo@example.com> goes on 4713:
  I wait too
4713/4 2026-11-04T08:00:00Z form note goes on 4713:
  Tomorrow
  is_unsure=True
  + author=Zendesk user 91 | direction=unknown
4713/5 2026-11-04T09:00:00Z form out goes on 4713:
  Sent
  status=open author=ann
"""
