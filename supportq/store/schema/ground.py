"""What happened and what people decided, and the first projections of it."""

from supportq.model.channel import Channel
from supportq.model.clock import Cause, ClockKind, Standing
from supportq.model.customer import AddressKind
from supportq.model.event import Kind
from supportq.model.message import Author, Delivery, Direction
from supportq.model.ticket import Priority, Status
from supportq.store.schema._words import one_of
from supportq.store.schema.views import SEARCH, VIEWS

TABLES = f"""
create table desk (
  key text primary key,
  value text not null
) strict, without rowid;

create table text (
  id integer primary key autoincrement,
  kind text not null check (kind = 'subject' or kind = 'reason' or kind = 'field'),
  body text not null
) strict;

create table change (
  id integer primary key autoincrement,
  verb text not null,
  actor text not null,
  recorded_at text not null check (length(recorded_at) = 20),
  reason_id integer references text (id),
  takes_back integer references change (id),
  taken_back_by integer references change (id)
) strict;

create table settings_version (
  id integer primary key autoincrement,
  text text not null,
  checked text not null check (json_valid(checked)),
  applied_at text not null check (length(applied_at) = 20),
  change_id integer not null references change (id)
) strict;

create table organisation (
  id integer primary key autoincrement,
  name text not null unique collate nocase
) strict;

create table customer (
  id integer primary key autoincrement,
  name text not null,
  organisation_id integer references organisation (id),
  language text,
  created_at text not null check (length(created_at) = 20)
) strict;

create table address (
  kind text not null check ({one_of("kind", AddressKind)}),
  key text not null,
  value text not null,
  customer_id integer not null references customer (id),
  primary key (kind, key)
) strict, without rowid;

create table ticket (
  id integer primary key autoincrement,
  created_at text not null check (length(created_at) = 20),
  updated_at text not null check (length(updated_at) = 20),
  channel text not null check ({one_of("channel", Channel)}),
  customer_id integer references customer (id),
  organisation_id integer references organisation (id),
  subject_id integer references text (id),
  status text not null check ({one_of("status", Status)}),
  priority text not null check ({one_of("priority", Priority)}),
  team text,
  line integer not null check (line between 0 and 3),
  assignee text,
  category text,
  language text,
  source text,
  merged_into integer references ticket (id),
  resolution text,
  reason_id integer references text (id),
  status_at text not null,
  resolved_at text,
  wake_at text,
  closes_at text,
  first_message_id integer,
  last_message_id integer,
  unanswered_since text,
  reply_waiting integer not null check (reply_waiting in (0, 1)),
  reply_failed integer not null check (reply_failed in (0, 1)),
  reply_count integer not null,
  reopen_count integer not null,
  rating integer check (rating between 1 and 5),
  follow_up_at text,
  spent_s integer not null,
  revision integer not null,
  due_at text not null check (length(due_at) = 20),
  risk_at text not null check (length(risk_at) = 20),
  order_at text not null check (length(order_at) = 20),
  undone integer not null default 0 check (undone in (0, 1))
) strict;

create table ticket_tag (
  ticket_id integer not null references ticket (id),
  tag text not null,
  primary key (tag, ticket_id)
) strict, without rowid;

create table ticket_field (
  ticket_id integer not null references ticket (id),
  field text not null,
  value text not null,
  key text not null,
  primary key (ticket_id, field)
) strict, without rowid;

create table participant (
  ticket_id integer not null references ticket (id),
  customer_id integer not null references customer (id),
  role text not null check (role in ('participant', 'third_party')),
  primary key (ticket_id, customer_id, role)
) strict, without rowid;

create table link (
  ticket_id integer not null references ticket (id),
  other_id integer not null references ticket (id),
  kind text not null check (kind in ('duplicate', 'blocks', 'related', 'incident', 'follows')),
  primary key (ticket_id, other_id, kind)
) strict, without rowid;

create table source_fact (
  ticket_id integer not null references ticket (id),
  name text not null,
  value text not null,
  primary key (ticket_id, name)
) strict, without rowid;

create table message (
  id integer primary key autoincrement,
  ticket_id integer not null references ticket (id),
  origin_ticket_id integer not null references ticket (id),
  direction text not null check ({one_of("direction", Direction)}),
  author text not null check ({one_of("author", Author)}),
  channel text not null check ({one_of("channel", Channel)}),
  at text not null check (length(at) = 20),
  recorded_at text not null check (length(recorded_at) = 20),
  customer_id integer references customer (id),
  agent text,
  automatic integer not null check (automatic in (0, 1)),
  live integer not null check (live in (0, 1)),
  subject_id integer references text (id),
  body text not null,
  external_id text,
  why_thread text,
  delivery text check ({one_of("delivery", Delivery)}),
  undone integer not null default 0 check (undone in (0, 1))
) strict;

create table original (
  message_id integer primary key references message (id),
  is_compressed integer not null check (is_compressed in (0, 1)),
  bytes blob not null
) strict;

create table blob (
  hash text primary key,
  size integer not null,
  bytes blob not null
) strict, without rowid;

create table attachment (
  id integer primary key autoincrement,
  message_id integer not null references message (id),
  name text not null,
  content_type text not null,
  hash text not null references blob (hash)
) strict;

create table event (
  id integer primary key autoincrement,
  change_id integer not null references change (id),
  ticket_id integer not null references ticket (id),
  kind text not null check ({one_of("kind", Kind)}),
  at text not null check (length(at) = 20),
  recorded_at text not null check (length(recorded_at) = 20 and at <= recorded_at),
  actor text not null,
  settings_id integer not null references settings_version (id),
  data text not null check (json_valid(data))
) strict;

create table clock (
  ticket_id integer not null references ticket (id),
  kind text not null check ({one_of("kind", ClockKind)}),
  ordinal integer not null,
  standing text not null check ({one_of("standing", Standing)}),
  started_at text not null check (length(started_at) = 20),
  target_s integer not null,
  due_at text not null check (length(due_at) = 20),
  risk_at text not null check (length(risk_at) = 20),
  policy text not null,
  hours text not null,
  settings_id integer not null references settings_version (id),
  team text,
  assignee text,
  priority text not null check ({one_of("priority", Priority)}),
  remaining_s integer,
  stopped_at text,
  breached_at text,
  cause text check ({one_of("cause", Cause)}),
  why_void text,
  elapsed_s integer,
  business_s integer,
  paused_s integer,
  pauses text not null check (json_valid(pauses)),
  soft integer not null check (soft in (0, 1)),
  live integer not null check (live in (0, 1)),
  late_recorded integer not null check (late_recorded in (0, 1)),
  alarms integer not null check (alarms in (0, 1)),
  primary key (ticket_id, kind, ordinal)
) strict, without rowid;

create table source_key (
  source text not null,
  key text not null,
  ticket_id integer not null references ticket (id),
  message_id integer references message (id),
  row_hash text not null,
  primary key (source, key)
) strict, without rowid;
"""
INDEXES = """
create index ticket_order on ticket (
  order_at, id, status, priority, team, assignee, channel, line, category, wake_at, closes_at, due_at, risk_at,
  reply_waiting, undone
) where undone = 0 and status in ('new', 'open', 'pending', 'on_hold');
create index ticket_of_customer on ticket (customer_id);
create index ticket_created on ticket (created_at);
create index message_of_ticket on message (ticket_id);
create unique index message_external on message (external_id) where external_id is not null;
create index event_of_ticket on event (ticket_id);
create index event_of_change on event (change_id, ticket_id);
create index change_of_actor on change (actor);
create index address_of_customer on address (customer_id);
create index customer_name on customer (name collate nocase);
create index tag_of_ticket on ticket_tag (ticket_id, tag);
create index field_key on ticket_field (field, key);
create index clock_due on clock (alarms, due_at, risk_at, standing) where standing in ('running', 'paused');
create index clock_stopped on clock (kind, stopped_at) where stopped_at is not null;
"""
GUARDS = """
create trigger event_is_never_changed before update on event
begin
  select raise(abort, 'events are only ever added');
end;

create trigger event_is_never_deleted before delete on event
begin
  select raise(abort, 'events are only ever added');
end;
"""
SCRIPT = f"{TABLES}{INDEXES}{GUARDS}{SEARCH}{VIEWS}"
