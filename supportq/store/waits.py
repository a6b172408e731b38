"""How long customers waited for an answer, and for the end."""

from collections.abc import Iterable
from datetime import timedelta

from supportq.store.grouping import OUTSIDE, Source

RESPONSES = Source(
    "{clock} {join} {ticket} on ticket.id = clock.ticket_id",
    "clock.stopped_at",
    "clock",
    "clock.kind in ('first_response', 'next_response') and clock.stopped_at is not null",
)
"""The waits for an answer, by when they ended, with one or without; written as in the index `clock_answered`."""

RESPONSE = "iif(clock.live and clock.kind = 'first_response', 'first_response_live', clock.kind)"

UNTOLD_RESPONSE = f"""
case
  when {OUTSIDE.strip()} is not null then 'outside'
  when clock.standing in ('void', 'no_data') then clock.standing
  when not clock.answered then 'unanswered'
end
"""
"""Why the length of a wait isn't told; one that was missed and never answered lasted for as long as nobody knows."""


def limits_reached(limits_s: Iterable[int], *, calendar: bool) -> str:
    """Return SQL for how many of these limits a wait for an answer reached, in open time or in calendar time."""
    seconds = "clock.elapsed_s" if calendar else "clock.business_s"
    return " + ".join(f"({seconds} >= {limit})" for limit in limits_s)


_ENDINGS = "{ending} {join} {ticket} on ticket.id = ending.ticket_id"

RESOLVES = Source(_ENDINGS, "ending.ended_at", "ending", "(ending.is_first or ending.is_last)")

FIRST_RESOLVES = Source(_ENDINGS, "ending.ended_at", "ending", "ending.is_first")

LAST_RESOLVES = Source(_ENDINGS, "ending.ended_at", "ending", "ending.is_last")

UNTOLD_RESOLVE = f"""
case when {OUTSIDE.strip()} is not null then 'outside' when ending.new_s is null then 'no_data' end
"""

ENDS = Source(_ENDINGS, "ending.ended_at", "ending")

REOPENINGS = Source(_ENDINGS, "ending.reopened_at", "ending")

TIMES = {
    "first": ("new", "open", "pending", "on_hold"),
    "total": ("new", "open", "pending", "on_hold"),
    "net": ("net",),
    "customer_wait": ("new", "open", "on_hold"),
    "agent_work": ("new", "open"),
    "agent_wait": ("pending",),
    "on_hold": ("on_hold",),
}
"""What each time is made of; the first is that of the first resolve, all others of the last."""


def time_until_resolve(name: str, *, calendar: bool) -> str:
    """Return SQL for the seconds of one of these times, of open time or in calendar time."""
    ending = "s" if calendar else "business_s"
    return " + ".join(f"ending.{wait}_{ending}" for wait in TIMES[name])


HAS_NO_DATA = """
exists (
  select 1
  from clock
  where clock.ticket_id = ticket.id and clock.kind = 'first_response' and clock.standing = 'no_data'
)
"""

ANSWERED_AT = """
coalesce(
  (
    select min(stopped_at)
    from clock
    where clock.ticket_id = ticket.id and clock.kind = 'first_response' and clock.answered
  ),
  (
    select min(at)
    from message_view as message
    where message.ticket_id = ticket.id and ticket.reply_count > 0
      and message.direction = 'out' and message.author = 'agent' and not message.automatic
      and message.delivery in ('recorded', 'sent')
  )
)
"""
"""When a person first answered; looked up among the messages where no promise of an answer was running."""

ANSWERED = f"""
coalesce(
  {OUTSIDE.strip()},
  case {ANSWERED_AT.strip()} <= {{last}} when true then 'in_time' when false then 'late' end,
  iif({HAS_NO_DATA.strip()}, 'no_data', iif({{last}} >= :now, 'too_early', 'late'))
)
"""


def answered_within(span: timedelta) -> str:
    """Return SQL for what became of an inquiry, of which a person should answer within a span of calendar time."""
    last = f"strftime('%Y-%m-%dT%H:%M:%SZ', ticket.created_at, '+{span // timedelta(seconds=1)} seconds')"
    return ANSWERED.format(last=last)


IS_INQUIRY = "exists (select 1 from clock where clock.ticket_id = ticket.id and clock.kind = 'first_response')"
"""True of tickets that a customer opened, since every one of those is promised an answer."""

INQUIRIES = Source("{ticket}", "ticket.created_at", condition=IS_INQUIRY)
