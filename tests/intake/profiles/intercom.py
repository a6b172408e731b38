"""Conversations of Intercom as messages.

The columns and their meaning as the help page "What does the Intercom conversation export contain" of its export tool
lists them (`message_id`, `message_type` of comment, note, close ..., times in UTC without saying so). Quirks: what
happened is a message too, a bot writes among the people, bodies are HTML, the state of the conversation stands in
every row.
"""

NAME = "intercom.csv"
DATA = """\
message_id,message_body,message_type,message_created_at,message_author_type,message_author_id,message_author_name,\
message_author_email,conversation_tags,conversation_id,conversation_state,conversation_created_at,\
conversation_first_response_at,conversation_closed_at,app_id
1,<p>It <b>creaks</b> &amp; creaks</p>,conversation_message,2026-11-02 09:14:22,user,5,Ida Berg,ida@example.com,loom,\
77,closed,\
2026-11-02 09:14:22,2026-11-02 09:40:00,2026-11-03 10:00:00,x
2,Fjord again,note,2026-11-02 09:30:00,admin,9,Kim,,loom,77,closed,2026-11-02 09:14:22,2026-11-02 09:40:00,\
2026-11-03 10:00:00,x
3,Oil it,comment,2026-11-02 09:40:00,admin,8,Ann Lee,,loom,77,closed,2026-11-02 09:14:22,2026-11-02 09:40:00,\
2026-11-03 10:00:00,x
5,Hi! A bot here,comment,2026-11-02 09:14:25,bot,1,Fin,,loom,77,closed,2026-11-02 09:14:22,2026-11-02 09:40:00,\
2026-11-03 10:00:00,x
4,,close,2026-11-03 10:00:00,admin,8,Ann Lee,,loom,77,closed,2026-11-02 09:14:22,2026-11-02 09:40:00,\
2026-11-03 10:00:00,x
"""
SEEN = """\
1 2026-11-02T08:14:22Z other in Ida Berg <ida@example.com> goes on 77:
  It creaks & creaks
  tags=loom
  + message_author_name=Ida Berg | message_type=conversation_message
5 2026-11-02T08:14:25Z other out goes on 77:
  Hi! A bot here
  tags=loom automatic=True
  + author=Fin
2 2026-11-02T08:30:00Z other note goes on 77:
  Fjord again
  tags=loom
  + author=Kim
3 2026-11-02T08:40:00Z other out goes on 77:
  Oil it
  tags=loom author=ann
4 2026-11-03T09:00:00Z other note goes on 77:
  (close)
  status=closed tags=loom author=ann
  resolved_at=2026-11-03T09:00:00Z
"""
