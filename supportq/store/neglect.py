"""Which inquiries nobody answered, and which were acknowledged."""

from supportq.store.measures import IS_ASIDE
from supportq.store.waits import IS_INQUIRY

_LEFT_UNANSWERED = """
(
  select
    case
      when max(standing = 'no_data') then 'no_data'
      when max(standing = 'missed' or (standing in ('running', 'paused') and due_at < :now)) then 'ignored'
      when max(why_void = 'dismissed') then 'dismissed'
      when ticket.status in ('resolved', 'closed') then 'ignored'
      when max(standing in ('running', 'paused')) then 'not_yet_due'
      else 'dismissed'
    end
  from clock
  where ticket_id = ticket.id and kind = 'first_response'
)
"""
"""What became of the promise of a first answer to an inquiry that got none."""

FATE = f"""
case
  when {IS_ASIDE} then 'outside'
  when not {IS_INQUIRY} then 'our_own'
  when ticket.reply_count > 0 then 'answered'
  else {_LEFT_UNANSWERED.strip()}
end
"""

HAS_ACKNOWLEDGEMENT = "ticket.id in (select ticket_id from acknowledgement_view)"

IS_ACKNOWLEDGING = """
ticket.channel in (
  select acknowledged.channel
  from acknowledgement_view as word
  cross join ticket_view as acknowledged on acknowledged.id = word.ticket_id
  where word.at >= :since and word.at < :until
)
"""
"""True of tickets that came in by a channel on which acknowledgements were sent in the period."""

INQUIRIES = {"fate": FATE, "is_acknowledging": IS_ACKNOWLEDGING, "is_acknowledged": HAS_ACKNOWLEDGEMENT}
"""What is to be known of each ticket, by when it was created."""
