"""Messages of the outbox as rows."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from supportq.model.message import Delivery
from supportq.model.table import Column, Kind, Row, Table
from supportq.store.outbox import Posted
from supportq.work.outbox import standing, why_in_doubt

_COLUMNS = (
    Column("id", "Message", Kind.NUMBER),
    Column("ticket", "Ticket", Kind.NUMBER),
    Column("to", "To"),
    Column("state", "State"),
    Column("since", "Since", Kind.MOMENT),
    Column("next_try", "Next try", Kind.MOMENT, shown=False),
    Column("tries", "Tries", Kind.NUMBER, shown=False),
    Column("account", "Account", shown=False),
    Column("subject", "Subject", shown=False),
    Column("said", "Why", wide=True),
)


def posted_table(posted: Iterable[Posted], now: datetime) -> Table:
    """Return messages of the outbox as they stand now."""
    return Table(_COLUMNS, _rows(posted, now))


def _rows(found: Iterable[Posted], now: datetime) -> Iterator[Row]:
    for posted in found:
        state = standing(posted, now)
        waits_until = posted.next_try_at if state is Delivery.QUEUED and posted.next_try_at > now else None
        yield (
            posted.id,
            posted.ticket,
            posted.customer,
            state.replace("_", " "),
            posted.queued_at,
            waits_until,
            posted.tries,
            posted.account,
            posted.subject,
            posted.said or why_in_doubt(posted, now),
        )
