"""What each check for breaches has told already: about which clock, and how bad it was."""

from supportq.model.clock import ClockKind, Level
from supportq.store.schema._words import one_of

SCRIPT = f"""
create table breach_check (
  name text primary key,
  ran_at text not null check (length(ran_at) = 20),
  event_id integer not null
) strict, without rowid;

create table breach_told (
  ticket_id integer not null references ticket (id),
  kind text not null check ({one_of("kind", ClockKind)}),
  ordinal integer not null,
  level text not null check ({one_of("level", Level)}),
  check_name text not null references breach_check (name),
  told_at text not null check (length(told_at) = 20),
  primary key (ticket_id, kind, ordinal, level, check_name)
) strict, without rowid;
"""
