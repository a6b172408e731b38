"""How tickets came to be resolved first, with the time that they stayed with each line; and the work that went in."""

from supportq.model.ticket import Priority
from supportq.store.schema._words import one_of

SCRIPT = f"""
create table course (
  ticket_id integer primary key references ticket (id),
  resolved_at text not null check (length(resolved_at) = 20),
  decided_at text not null check (length(decided_at) = 20),
  team text,
  assignee text,
  priority text not null check ({one_of("priority", Priority)}),
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
