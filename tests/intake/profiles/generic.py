"""Any table; these headers are those of a public sample of support tickets with the same columns as many tools have.

Quirk: the customer is called by name and address, and ratings have a decimal.
"""

NAME = "customer_support_tickets.csv"
DATA = """\
Ticket ID,Customer Name,Customer Email,Customer Age,Product Purchased,Date of Purchase,Ticket Type,Ticket Subject,\
Ticket Description,Ticket Status,Resolution,Ticket Priority,Ticket Channel,First Response Time,Time to Resolution,\
Customer Satisfaction Rating
1,Ida Berg,ida@example.com,32,Fjord,2026-03-22,Technical issue,Loom creaks,It creaks,Closed,Oiled,Critical,Phone,\
2026-11-02 12:15:36,2026-11-03 08:05:38,3.0
2,Bo Ek,bo@example.com,42,Atlas,2026-05-22,Refund request,Where is it?,Where?,Open,,Low,Social media,,,
"""
SEEN = """\
1 phone in Ida Berg <ida@example.com>: Loom creaks
  It creaks
  status=closed priority=urgent rating=3
  + Customer Age=32 | Ticket Type=Technical issue | Time to Resolution=2026-11-03 08:05:38
2 other in Bo Ek <bo@example.com>: Where is it?
  Where?
  status=open priority=low
"""
