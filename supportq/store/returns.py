"""Customers who came back: with the same again, by another channel, or to buy again."""

from supportq.store.grouping import ARRIVALS
from supportq.store.measures import IS_ASIDE, Measure, number_of

_COUNTS = "earlier.merged_into is null and earlier.status <> 'spam' and not earlier.automatic"

_EARLIER = f"""
exists (
  select 1
  from ticket_view as earlier
  where earlier.customer_id = ticket.customer_id
    and earlier.created_at >= strftime('%Y-%m-%dT%H:%M:%SZ', ticket.created_at, '-{{days}} days')
    and (earlier.created_at, earlier.id) < (ticket.created_at, ticket.id)
    and {{condition}} and {_COUNTS}
)
"""


def _came_before(days: int, condition: str) -> str:
    """Return SQL that is true where the customer had opened another such ticket, so many days before at most."""
    return _EARLIER.format(days=days, condition=condition).strip()


def _customers(condition: str) -> str:
    return f"count(distinct case when {condition} then ticket.customer_id end)"


_IS_OF_SOMEBODY = f"not {IS_ASIDE} and ticket.customer_id is not null"
_SAME_CATEGORY = "earlier.category is ticket.category"

CONTACTS = Measure(
    ARRIVALS,
    {
        "n": number_of(_IS_OF_SOMEBODY),
        "customers": _customers(_IS_OF_SOMEBODY),
        "within_7": number_of(f"{_IS_OF_SOMEBODY} and {_came_before(7, _SAME_CATEGORY)}"),
        "within_30": number_of(f"{_IS_OF_SOMEBODY} and {_came_before(30, _SAME_CATEGORY)}"),
        "unknown": number_of(f"not {IS_ASIDE} and ticket.customer_id is null"),
        "outside": number_of(IS_ASIDE),
    },
)

CHANNELS = Measure(
    ARRIVALS,
    {
        "n": number_of(f"not {IS_ASIDE}"),
        "customers": _customers(_IS_OF_SOMEBODY),
        "of_several": _customers(f"{_IS_OF_SOMEBODY} and {_came_before(30, 'earlier.channel <> ticket.channel')}"),
        "outside": number_of(IS_ASIDE),
    },
)

IS_MISSED = """
exists (
  select 1
  from clock_view as promise
  where promise.ticket_id = ticket.id and promise.standing = 'missed'
)
"""

_SETTING = "(select checked ->> '$.retention.{key}' from settings_version order by id desc limit 1)"
_FIELD = _SETTING.format(key="field")
_UNTIL = f"""
strftime('%Y-%m-%dT%H:%M:%SZ', course.resolved_at, '+' || {_SETTING.format(key="within_days")} || ' days')
""".strip()

_CAME_FOR_MORE = f"""
exists (
  select 1
  from ticket_view as later
  join ticket_field as value on value.ticket_id = later.id and value.field = {_FIELD}
  where later.customer_id = ticket.customer_id
    and later.created_at > course.resolved_at and later.created_at <= {_UNTIL}
    and value.key <> ''
    and value.key is not (select key from ticket_field where ticket_id = ticket.id and field = {_FIELD})
    and later.merged_into is null and later.status <> 'spam' and not later.automatic
)
""".strip()

_IS_ASKED = f"{_IS_OF_SOMEBODY} and {_FIELD} <> ''"

RETENTION = {
    "n": _customers(f"{_IS_ASKED} and {_UNTIL} < :now"),
    "back": _customers(f"{_IS_ASKED} and {_UNTIL} < :now and {_CAME_FOR_MORE}"),
    "undecided": _customers(f"{_IS_ASKED} and {_UNTIL} >= :now"),
    "outside": number_of(IS_ASIDE),
}
"""Customers whose ticket was resolved, and those who came back with another value of the field that settings name."""
