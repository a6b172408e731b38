"""Messages of Front as its API answers for a conversation, in a file of their own.

The form is that of https://dev.frontapp.com/reference/messages-1 and of the answers which the phusion/frontapp client
has in its tests: a message names its conversation by an address in `_links.related.conversation`. Quirks: `author` is
null for whoever is no teammate, a message of nothing but a file.
"""

NAME = "messages.json"
DATA = """\
{"_pagination": {"next": null}, "_results": [
 {"_links": {"self": "https://api2.frontapp.com/messages/msg_4",
   "related": {"conversation": "https://api2.frontapp.com/conversations/cnv_1"}},
  "id": "msg_4", "type": "email", "is_inbound": true, "is_draft": false, "created_at": 1793696400, "blurb": "Thanks",
  "subject": "Re: Loom", "author": null, "body": "<p>Thanks</p>", "text": "Thanks",
  "recipients": [{"handle": "ida@example.com", "role": "from"}, {"handle": "desk@example.com", "role": "to"}],
  "attachments": []},
 {"_links": {"self": "https://api2.frontapp.com/messages/msg_5",
   "related": {"conversation": "https://api2.frontapp.com/conversations/cnv_1"}},
  "id": "msg_5", "type": "email", "is_inbound": false, "is_draft": false, "created_at": 1793696500, "blurb": "",
  "author": {"id": "tea_1", "email": "ann@desk.example"}, "body": "", "text": "", "recipients": [],
  "attachments": [{"filename": "oil.pdf"}]}]}
"""
SEEN = """\
msg_4 2026-11-03T09:00:00Z email in <ida@example.com> goes on cnv_1: Re: Loom
  Thanks
msg_5 2026-11-03T09:01:40Z email out goes on cnv_1:
  (oil.pdf)
  author=ann
  + attached=oil.pdf
"""
