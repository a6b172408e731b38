"""How tickets came to an end each time, and how long they were in each status until then, without what lay between.

The last five columns of an ending are open time of `hours`. An automatic ticket is one that no person has written in,
a clock was answered where a reply stopped it.
"""

from supportq.model.ending import EndingKind
from supportq.model.ticket import Priority
from supportq.store.conditions import status_at
from supportq.store.schema._words import one_of

_WAITS = ("new", "open", "pending", "on_hold", "net")

_SPENT = ",\n  ".join(f"{wait}_{kind}s integer" for kind in ("", "business_") for wait in _WAITS)

SCRIPT = f"""
create table ending (
  ticket_id integer not null references ticket (id),
  ordinal integer not null,
  kind text not null check ({one_of("kind", EndingKind)}),
  ended_at text not null check (length(ended_at) = 20),
  reopened_at text check (length(reopened_at) = 20),
  is_first integer not null check (is_first in (0, 1)),
  is_last integer not null check (is_last in (0, 1)),
  team text,
  assignee text,
  priority text not null check ({one_of("priority", Priority)}),
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
