"""What many statements ask of the table `ticket`; what time it is goes in as `:now`."""

from supportq.when.stamps import FOREVER, format_stamp

IN_FORCE = "ticket.undone = 0"

IS_ACTIVE = "ticket.status in ('new', 'open', 'pending', 'on_hold')"
"""True of what is active at any moment; written as in the schema, so that its indexes of active tickets are used."""

WAITING = "delivery in ('queued', 'sending', 'maybe_sent', 'failed')"
"""True of a message that is written, but not known to have reached the customer."""

REPLY_IN_DOUBT = f"""
ticket.id in (
  select ticket_id
  from message
  where {WAITING} and delivery = 'maybe_sent' and automatic = 0 and undone = 0
)
"""
"""True where nobody knows whether a reply reached the customer."""

REPLY_ON_ITS_WAY = f"""
case
  when ticket.reply_failed = 1 then 'failed'
  when {REPLY_IN_DOUBT} then 'maybe sent'
  when ticket.reply_waiting = 1 then 'queued'
end
"""
"""How far a reply is that did not reach the customer, as far as anybody knows; null where none is under way."""

IS_DUE = f"ticket.due_at < '{format_stamp(FOREVER)}'"


def status_at(moment: str) -> str:
    """Return SQL for the status as of a moment, itself SQL: snoozes end and reopen windows close by themselves."""
    return f"""
case
  when ticket.status in ('pending', 'on_hold') and ticket.wake_at <= {moment} then 'open'
  when ticket.status = 'resolved' and ticket.closes_at < {moment} then 'closed'
  else ticket.status
end
"""


STATUS_NOW = status_at(":now")

STANDING_NOW = f"""
case
  when ticket.due_at < :now then 'late'
  when not {IS_DUE} then null
  when ticket.risk_at <= :now then 'at_risk'
  else 'ok'
end
"""

CUSTOMER = """
(
  select coalesce(
    nullif(name, ''),
    (select value from address where customer_id = customer.id order by kind, key limit 1)
  )
  from customer
  where id = ticket.customer_id
)
"""
"""What to call the customer of a ticket."""

KEY_SOURCE = """
case
  when source_key.source like '% threads' then substr(source_key.source, 1, length(source_key.source) - 8)
  else source_key.source
end
"""
"""Where a key comes from; the threads of a source stand under a name of their own, see `sources.of_threads`."""

IS_KEY_OF_TICKET = """
source_key.ticket_id = ticket.id
  and source_key.message_id = ticket.first_message_id
  and source_key.source not in ('mail', 'mail that is missing')
  and source_key.key not glob 'row-*'
  and source_key.key not glob 'ticket [0-9]*'
"""
"""True of the keys of a ticket itself: not of those of its later messages, nor of mails, nor of those made up here."""
