"""What the fifteenth step changes: views of what has a date are read by that date, and then ticket by ticket.

SQLite may put the tables of a plain join in either order, and for each week would rather go through all tickets.
"""

SCRIPT = """
drop view clock_view;
create view clock_view as
select
  clock.ticket_id, clock.kind, clock.ordinal, clock.standing, clock.started_at, clock.target_s,
  nullif(clock.due_at, '9999-12-31T23:59:59Z') as due_at,
  clock.stopped_at, clock.breached_at, clock.cause, clock.why_void, clock.elapsed_s, clock.business_s, clock.paused_s,
  clock.policy, clock.hours, clock.team, clock.assignee, clock.priority, clock.soft, clock.live, clock.late_recorded,
  clock.alarms, clock.answered
from clock
cross join ticket on ticket.id = clock.ticket_id and ticket.undone = 0;

drop view ending_view;
create view ending_view as
select ending.*
from ending
cross join ticket on ticket.id = ending.ticket_id and ticket.undone = 0;

drop view course_view;
create view course_view as
select course.*
from course
cross join ticket on ticket.id = course.ticket_id and ticket.undone = 0;

drop view agent_message_view;
create view agent_message_view as
select
  message.id, message.ticket_id, message.at, message.direction, message.agent as assignee, ticket.team, ticket.priority
from message
cross join ticket on ticket.id = message.ticket_id
where message.agent is not null and message.undone = 0 and not message.automatic
  and coalesce(message.delivery, 'recorded') in ('recorded', 'sent');
"""
