"""Which inquiries nobody answered, and which were acknowledged."""

from supportq.store.grouping import ARRIVALS
from supportq.store.measures import IS_ASIDE, Measure, number_of

_FIRST_RESPONSE = """
exists (
  select 1
  from clock_view as first
  where first.ticket_id = ticket.id and first.kind = 'first_response' and {condition}
)
"""


def _promise(condition: str) -> str:
    return _FIRST_RESPONSE.format(condition=condition).strip()


_IS_DONE = "ticket.status in ('resolved', 'closed')"
_IS_LATE = _promise("(first.standing = 'missed' or (first.standing in ('running', 'paused') and first.due_at < :now))")

FATES = ("answered", "ignored", "not_yet_due", "dismissed", "no_data", "outside")

FATE = f"""
case
  when {IS_ASIDE} then 'outside'
  when ticket.reply_count > 0 then 'answered'
  when {_promise("first.standing = 'no_data'")} then 'no_data'
  when {_IS_LATE} then 'ignored'
  when {_promise("first.why_void = 'dismissed'")} then 'dismissed'
  when {_promise("true")} and {_IS_DONE} then 'ignored'
  when {_promise("first.standing in ('running', 'paused')")} then 'not_yet_due'
  else 'dismissed'
end
"""
"""What became of a ticket that was to be answered; one that an agent opened was not."""

HAS_ACKNOWLEDGEMENT = "exists (select 1 from acknowledgement_view as word where word.ticket_id = ticket.id)"

IS_ACKNOWLEDGING = """
ticket.channel in (
  select acknowledged.channel
  from acknowledgement_view as word
  join ticket_view as acknowledged on acknowledged.id = word.ticket_id
)
"""
"""True of tickets that came in by a channel on which acknowledgements are sent."""

NEGLECT = Measure(
    ARRIVALS,
    {
        **{fate: number_of(f"{FATE.strip()} = '{fate}'") for fate in FATES},
        "inquiries": number_of(f"not {IS_ASIDE} and {IS_ACKNOWLEDGING.strip()}"),
        "acknowledged": number_of(f"not {IS_ASIDE} and {HAS_ACKNOWLEDGEMENT}"),
    },
)
