"""Conversations of Front as its API answers, with messages and comments put into them.

The form of conversation and message (`_results`, `recipient.handle`, `is_inbound`, `recipients` with a `role`,
`_links.related.messages`) is that of the answers which the phusion/frontapp client has in its tests and of
https://dev.frontapp.com/reference/conversations; the types of messages are those of
https://dev.frontapp.com/reference/messages-1. Quirks: seconds since 1970 with a fraction, the newest message first, a
draft, a conversation that nobody has and whose recipient is a phone number.
"""

NAME = "conversations.json"
DATA = """\
{"_pagination": {"next": null}, "_links": {"self": "https://api2.frontapp.com/conversations"}, "_results": [
 {"_links": {"self": "https://api2.frontapp.com/conversations/cnv_1",
   "related": {"messages": "https://api2.frontapp.com/conversations/cnv_1/messages"}},
  "id": "cnv_1", "subject": "Loom", "status": "archived", "created_at": 1793607262.123, "is_private": false,
  "assignee": {"id": "tea_1", "email": "ann@desk.example", "username": "ann", "first_name": "Ann"},
  "recipient": {"_links": {"related": {"contact": null}}, "name": "Ida Berg", "handle": "ida@example.com",
   "role": "from"},
  "tags": [{"id": "tag_1", "name": "wool"}], "messages": [
   {"id": "msg_2", "type": "email", "is_inbound": false, "is_draft": false, "created_at": 1793608800.5,
    "blurb": "Oil", "body": "<p>Oil it</p>", "text": "Oil it", "author": {"id": "tea_1", "email": "ann@desk.example"},
    "recipients": [{"handle": "ida@example.com", "role": "to"}], "attachments": []},
   {"id": "msg_3", "type": "email", "is_inbound": false, "is_draft": true, "created_at": 1793610000,
    "blurb": "Oil", "body": "<p>Or wax it</p>", "text": null, "author": {"id": "tea_2", "username": "kim"},
    "recipients": [], "attachments": []},
   {"id": "msg_1", "type": "email", "is_inbound": true, "is_draft": false, "created_at": 1793607262.123,
    "blurb": "It", "body": "<p>It creaks</p>", "text": "It creaks", "author": null,
    "recipients": [{"name": "Ida Berg", "handle": "ida@example.com", "role": "from"}],
    "attachments": [{"filename": "loom.png", "size": 10000}]}],
  "comments": [{"id": "com_1", "body": "Fjord again", "posted_at": 1793608200, "author": {"email": "kim@desk.example"},
   "attachments": []}]},
 {"_links": {"self": "https://api2.frontapp.com/conversations/cnv_2",
   "related": {"messages": "https://api2.frontapp.com/conversations/cnv_2/messages"}},
  "id": "cnv_2", "subject": "", "status": "unassigned", "created_at": 1793775600, "is_private": false,
  "assignee": null, "recipient": {"name": null, "handle": "+4930123456", "role": "from"}, "tags": [],
  "last_message": {"id": "msg_9", "type": "sms", "is_inbound": true, "created_at": 1793775600, "blurb": "Where is it?"}}
]}
"""
SEEN = """\
cnv_1 2026-11-02T08:14:22Z email in Ida Berg <ida@example.com>: Loom
  It creaks
  assignee=ann tags=wool
  + attachments=loom.png | status=archived | assignee.username=ann
cnv_1/com_1 2026-11-02T08:30:00Z email note goes on cnv_1:
  Fjord again
  + author=kim@desk.example
cnv_1/msg_2 2026-11-02T08:40:00Z email out goes on cnv_1:
  Oil it
  author=ann
cnv_1/msg_3 2026-11-02T09:00:00Z email note goes on cnv_1:
  Or wax it
  status=closed
  + author=kim
cnv_2 2026-11-04T07:00:00Z sms in <+4930123456>:
  Where is it?
  status=new
  + last_message.id=msg_9
"""
