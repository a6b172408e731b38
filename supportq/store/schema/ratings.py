"""When a ticket was rated, in which words, and what reports on ratings and recorded work look for."""

SCRIPT = """
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
