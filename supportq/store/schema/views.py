"""What the first queues can be searched and asked by: the search index, and views that answer common questions."""

from supportq.store.conditions import status_at

SEARCHED_AS = {"ł": "l", "Ł": "L", "ё": "е", "Ё": "Е", "ß": "ss"}
"""Letters that FTS5 doesn't fold, and what they are searched as; `model.text` folds them alike."""


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
