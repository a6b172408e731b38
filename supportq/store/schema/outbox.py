"""What waits to be sent, or was: who is at it, when it is tried next, and what the server said last.

How far a message has come is its `delivery`; the bytes that are sent are its `original`.
"""

from supportq.store.conditions import WAITING

SCRIPT = f"""
create table outbox (
  message_id integer primary key references message (id),
  account text not null,
  queued_at text not null check (length(queued_at) = 20),
  next_try_at text not null check (length(next_try_at) = 20),
  tries integer not null default 0,
  claimed_by text,
  claimed_at text check (length(claimed_at) = 20),
  said text not null default ''
) strict;
create index outbox_due on outbox (next_try_at, message_id);
create index message_waiting on message (delivery) where {WAITING};
"""
