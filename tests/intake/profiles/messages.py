"""One message a row, the form of supportq's own for whatever has no other.

It is told by `supportq help import`. Quirk: what an agent wrote that was not public is a note.
"""

NAME = "messages.csv"
DATA = """\
ticket_ref,at,author,author_role,direction,channel,public,body,rev
T-1,2026-11-02T08:14:22Z,Ida Berg <ida@example.com>,customer,in,email,yes,It creaks,1
T-1,2026-11-02T08:30:00Z,kim,agent,out,email,no,Fjord again,1
T-1,2026-11-02T08:40:00Z,ann,agent,out,email,yes,Oil it,1
"""
SEEN = """\
row-1 2026-11-02T08:14:22Z email in Ida Berg <ida@example.com> goes on T-1:
  It creaks
  + author_role=customer | rev=1
row-2 2026-11-02T08:30:00Z email note goes on T-1:
  Fjord again
  + author=kim | author_role=agent | rev=1
row-3 2026-11-02T08:40:00Z email out goes on T-1:
  Oil it
  author=ann
  + author_role=agent
"""
