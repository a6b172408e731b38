"""The stored form: tables, indexes and views of a queue file. It is a public interface; see `supportq sql --schema`."""

from collections.abc import Iterable

from supportq.model.channel import Channel
from supportq.model.clock import Cause, ClockKind, Level, Standing
from supportq.model.customer import AddressKind
from supportq.model.ending import EndingKind
from supportq.model.event import Kind
from supportq.model.message import Author, Delivery, Direction
from supportq.model.ticket import Priority, Status
from supportq.store.conditions import status_at

SEARCHED_AS = {"ł": "l", "Ł": "L", "ё": "е", "Ё": "Е", "ß": "ss"}
"""Letters that FTS5 doesn't fold, and what they are searched as; `model.text` folds them alike."""


def _one_of(column: str, words: Iterable[str]) -> str:
    """Return the condition that a column holds one of these words; SQLite would build an IN list anew for each row."""
    return " or ".join(f"{column} = '{word}'" for word in words)


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
  kind text not null check ({_one_of("kind", AddressKind)}),
  key text not null,
  value text not null,
  customer_id integer not null references customer (id),
  primary key (kind, key)
) strict, without rowid;

create table ticket (
  id integer primary key autoincrement,
  created_at text not null check (length(created_at) = 20),
  updated_at text not null check (length(updated_at) = 20),
  channel text not null check ({_one_of("channel", Channel)}),
  customer_id integer references customer (id),
  organisation_id integer references organisation (id),
  subject_id integer references text (id),
  status text not null check ({_one_of("status", Status)}),
  priority text not null check ({_one_of("priority", Priority)}),
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
  direction text not null check ({_one_of("direction", Direction)}),
  author text not null check ({_one_of("author", Author)}),
  channel text not null check ({_one_of("channel", Channel)}),
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
  delivery text check ({_one_of("delivery", Delivery)}),
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
  kind text not null check ({_one_of("kind", Kind)}),
  at text not null check (length(at) = 20),
  recorded_at text not null check (length(recorded_at) = 20 and at <= recorded_at),
  actor text not null,
  settings_id integer not null references settings_version (id),
  data text not null check (json_valid(data))
) strict;

create table clock (
  ticket_id integer not null references ticket (id),
  kind text not null check ({_one_of("kind", ClockKind)}),
  ordinal integer not null,
  standing text not null check ({_one_of("standing", Standing)}),
  started_at text not null check (length(started_at) = 20),
  target_s integer not null,
  due_at text not null check (length(due_at) = 20),
  risk_at text not null check (length(risk_at) = 20),
  policy text not null,
  hours text not null,
  settings_id integer not null references settings_version (id),
  team text,
  assignee text,
  priority text not null check ({_one_of("priority", Priority)}),
  remaining_s integer,
  stopped_at text,
  breached_at text,
  cause text check ({_one_of("cause", Cause)}),
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

CHECKS = f"""
create table breach_check (
  name text primary key,
  ran_at text not null check (length(ran_at) = 20),
  event_id integer not null
) strict, without rowid;

create table breach_told (
  ticket_id integer not null references ticket (id),
  kind text not null check ({_one_of("kind", ClockKind)}),
  ordinal integer not null,
  level text not null check ({_one_of("level", Level)}),
  check_name text not null references breach_check (name),
  told_at text not null check (length(told_at) = 20),
  primary key (ticket_id, kind, ordinal, level, check_name)
) strict, without rowid;
"""
"""What each check for breaches has told already: about which clock, and how bad it was."""

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


def _folded(column: str) -> str:
    """Return SQL that turns the letters that FTS5 takes for unlike into those they are searched by."""
    for letter, plain in SEARCHED_AS.items():
        column = f"replace({column}, '{letter}', '{plain}')"
    return column


SEARCH = f"""
create view search_source as
select
  message.id,
  {_folded("coalesce(text.body, '')")} as subject,
  {_folded("message.body")} as body
from message
left join ticket on ticket.id = message.ticket_id and ticket.first_message_id = message.id
left join text on text.id = ticket.subject_id
where message.undone = 0;

create virtual table search using fts5(
  subject, body,
  content = 'search_source', content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2'
);
"""

VIEWS = f"""
create view ticket_view as
select
  ticket.id, text.body as subject, customer.name as customer, organisation.name as organisation,
  (select value from address where customer_id = customer.id order by kind limit 1) as address,
  ticket.channel,
  {status_at("strftime('%Y-%m-%dT%H:%M:%SZ', 'now')")} as status,
  ticket.priority, ticket.team, ticket.line, ticket.assignee, ticket.category, ticket.language,
  (select group_concat(tag, ',') from ticket_tag where ticket_id = ticket.id) as tags,
  ticket.created_at, ticket.updated_at, ticket.resolved_at, ticket.wake_at, ticket.closes_at, ticket.unanswered_since,
  ticket.reply_count, ticket.reopen_count, ticket.rating, ticket.spent_s,
  nullif(ticket.due_at, '9999-12-31T23:59:59Z') as due_at
from ticket
left join text on text.id = ticket.subject_id
left join customer on customer.id = ticket.customer_id
left join organisation on organisation.id = ticket.organisation_id
where ticket.undone = 0;

create view clock_view as
select
  clock.ticket_id, clock.kind, clock.ordinal, clock.standing, clock.started_at, clock.target_s,
  nullif(clock.due_at, '9999-12-31T23:59:59Z') as due_at,
  clock.stopped_at, clock.breached_at, clock.cause, clock.why_void, clock.elapsed_s, clock.business_s, clock.paused_s,
  clock.policy, clock.hours, clock.team, clock.assignee, clock.priority, clock.soft, clock.live, clock.late_recorded,
  clock.alarms
from clock
join ticket on ticket.id = clock.ticket_id and ticket.undone = 0;

create view message_view as
select
  message.id, message.ticket_id, message.direction, message.author, message.channel, message.at, message.recorded_at,
  customer.name as customer, message.agent, text.body as subject, message.body, message.automatic, message.live,
  message.delivery
from message
left join customer on customer.id = message.customer_id
left join text on text.id = message.subject_id
where message.undone = 0;
"""

DECIDED = """
drop index clock_stopped;
create index clock_decided on clock (coalesce(breached_at, stopped_at))
where coalesce(breached_at, stopped_at) is not null;
"""

NAMED = """
drop index message_external;
create index message_external on message (external_id) where external_id is not null;
create index attachment_of_message on attachment (message_id);
"""
"""Two mails may bear one Message-ID: one that was undone and came again, or another that somebody gave the same."""

PROMISED = """
alter table settings_version add column promises_of integer references settings_version (id);
"""
"""A version that changes no promise keeps those of an earlier one, and then no clock needs to be looked at."""

LEARNED = """
alter table address add column since_event integer not null default 0;
alter table customer add column named_since_event integer not null default 0;
alter table settings_version add column last_event integer not null default 0;
"""
"""Promises are chosen by what was known of a customer then: an address or a name since an event, 0 from the first."""

RATED = """
alter table ticket add column rated_at text;
alter table ticket add column comment_id integer references text (id);
update ticket
set rated_at = (
  select event.at
  from event
  join change on change.id = event.change_id and change.taken_back_by is null
  where event.ticket_id = ticket.id and event.kind = 'rated'
  order by event.id desc
  limit 1
)
where rating is not null;
create index ticket_rated on ticket (rated_at) where rated_at is not null;
create index ticket_to_follow_up on ticket (order_at, id) where undone = 0 and follow_up_at is not null;
create index event_spent on event (at) where kind = 'spent';
"""
"""When a ticket was rated, in which words, and what reports on ratings and recorded work look for."""

WAITING = "delivery in ('queued', 'sending', 'maybe_sent', 'failed')"
"""Of what is written, but not known to have reached the customer."""

OUTBOX = f"""
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
"""What waits to be sent, or was: who is at it, when it is tried next, and what the server said last.

How far a message has come is its `delivery`; the bytes that are sent are its `original`.
"""

COURSES = f"""
create table course (
  ticket_id integer primary key references ticket (id),
  resolved_at text not null check (length(resolved_at) = 20),
  decided_at text not null check (length(decided_at) = 20),
  team text,
  assignee text,
  priority text not null check ({_one_of("priority", Priority)}),
  line integer not null check (line between 0 and 3),
  agent_handover_count integer not null,
  team_handover_count integer not null,
  line_handover_count integer not null,
  stays text not null check (json_valid(stays)),
  is_known integer not null check (is_known in (0, 1)),
  reply_count integer not null,
  is_one_contact integer not null check (is_one_contact in (0, 1)),
  reopened_at text check (length(reopened_at) = 20),
  resolve_count integer not null,
  reopen_count integer not null
) strict;
create index course_resolved on course (resolved_at);
create index course_decided on course (decided_at);
drop index ticket_of_customer;
create index ticket_of_customer on ticket (customer_id, created_at);

create view course_view as
select course.*
from course
join ticket on ticket.id = course.ticket_id and ticket.undone = 0;

create view work_view as
select
  event.id, event.ticket_id, event.at, event.actor as assignee, ticket.team, ticket.priority, event.settings_id,
  event.data ->> 'line' as line, event.data ->> 'seconds' as spent_s
from event
cross join change on change.id = event.change_id and change.taken_back_by is null
cross join ticket on ticket.id = event.ticket_id
where event.kind = 'spent';

create index event_acknowledged on event (ticket_id) where kind = 'acknowledged';
create view acknowledgement_view as
select event.id, event.ticket_id, event.at
from event
cross join change on change.id = event.change_id and change.taken_back_by is null
where event.kind = 'acknowledged';

create index message_of_agent on message (at) where agent is not null;
create view agent_message_view as
select
  message.id, message.ticket_id, message.at, message.direction, message.agent as assignee, ticket.team, ticket.priority
from message
join ticket on ticket.id = message.ticket_id
where message.agent is not null and message.undone = 0 and not message.automatic
  and coalesce(message.delivery, 'recorded') in ('recorded', 'sent');
"""
"""How tickets came to be resolved first, with the time that they stayed with each line; and the work that went in."""

FETCHED = """
create table mail_fetch (
  mailbox text primary key,
  account text not null,
  validity integer not null,
  last_uid integer not null,
  fetched_at text check (length(fetched_at) = 20),
  failed_at text check (length(failed_at) = 20),
  failure text
) strict, without rowid;

create table mail_left (
  mailbox text not null references mail_fetch (mailbox),
  uid integer not null,
  refused text,
  primary key (mailbox, uid)
) strict, without rowid;
"""
"""How far each mailbox was fetched, by the server's numbers, which hold for as long as their validity is the same;
and which mails there are unfinished: the server was not told yet that they were taken, or they were refused.
"""

_WAITS = ("new", "open", "pending", "on_hold", "net")

_SPENT = ",\n  ".join(f"{wait}_{kind}s integer" for kind in ("", "business_") for wait in _WAITS)

ENDINGS = f"""
create table ending (
  ticket_id integer not null references ticket (id),
  ordinal integer not null,
  kind text not null check ({_one_of("kind", EndingKind)}),
  ended_at text not null check (length(ended_at) = 20),
  reopened_at text check (length(reopened_at) = 20),
  is_first integer not null check (is_first in (0, 1)),
  is_last integer not null check (is_last in (0, 1)),
  team text,
  assignee text,
  priority text not null check ({_one_of("priority", Priority)}),
  line integer not null check (line between 0 and 3),
  hours text not null,
  {_SPENT},
  primary key (ticket_id, ordinal)
) strict, without rowid;
create index ending_at on ending (ended_at);
create index ending_reopened on ending (reopened_at) where reopened_at is not null;
alter table clock add column answered integer not null default 0 check (answered in (0, 1));
create index clock_answered on clock (stopped_at)
where kind in ('first_response', 'next_response') and stopped_at is not null;
create index clock_late on clock (due_at) where standing in ('running', 'paused');

alter table ticket add column automatic integer not null default 0 check (automatic in (0, 1));
create view ending_view as
select ending.*
from ending
join ticket on ticket.id = ending.ticket_id and ticket.undone = 0;

drop view clock_view;
create view clock_view as
select
  clock.ticket_id, clock.kind, clock.ordinal, clock.standing, clock.started_at, clock.target_s,
  nullif(clock.due_at, '9999-12-31T23:59:59Z') as due_at,
  clock.stopped_at, clock.breached_at, clock.cause, clock.why_void, clock.elapsed_s, clock.business_s, clock.paused_s,
  clock.policy, clock.hours, clock.team, clock.assignee, clock.priority, clock.soft, clock.live, clock.late_recorded,
  clock.alarms, clock.answered
from clock
join ticket on ticket.id = clock.ticket_id and ticket.undone = 0;

drop view ticket_view;
create view ticket_view as
select
  ticket.id, text.body as subject, customer.name as customer, organisation.name as organisation,
  (select value from address where customer_id = customer.id order by kind limit 1) as address,
  ticket.channel,
  {status_at("strftime('%Y-%m-%dT%H:%M:%SZ', 'now')")} as status,
  ticket.priority, ticket.team, ticket.line, ticket.assignee, ticket.category, ticket.language,
  (select group_concat(tag, ',') from ticket_tag where ticket_id = ticket.id) as tags,
  ticket.created_at, ticket.updated_at, ticket.resolved_at, ticket.wake_at, ticket.closes_at, ticket.unanswered_since,
  ticket.reply_count, ticket.reopen_count, ticket.rating, ticket.spent_s,
  nullif(ticket.due_at, '9999-12-31T23:59:59Z') as due_at,
  ticket.customer_id, ticket.merged_into, ticket.automatic, ticket.rated_at
from ticket
left join text on text.id = ticket.subject_id
left join customer on customer.id = ticket.customer_id
left join organisation on organisation.id = ticket.organisation_id
where ticket.undone = 0;
"""
"""How tickets came to an end each time, and how long they were in each status until then, without what lay between.

The last five columns of an ending are open time of `hours`. An automatic ticket is one that no person has written in,
a clock was answered where a reply stopped it.
"""
