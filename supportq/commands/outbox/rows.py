"""Messages of the outbox as rows."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from supportq.model.message import Delivery
from supportq.model.table import Column, Kind, Row, Table
from supportq.store.outbox import Posted
from supportq.work.outbox import standing

_COLUMNS = (
    Column("message", "Message", Kind.NUMBER),
    Column("id", "Ticket", Kind.NUMBER),
    Column("customer", "To"),
    Column("subject", "Subject", wide=True),
    Column("state", "State"),
    Column("since", "Since", Kind.MOMENT),
    Column("tries", "Tries", Kind.NUMBER),
    Column("next_try", "Next try", Kind.MOMENT, shown=False),
    Column("account", "Account", shown=False),
    Column("said", "Why", wide=True),
)


def posted_table(posted: Iterable[Posted], now: datetime) -> Table:
    """Return messages of the outbox as they stand now."""
    return Table(_COLUMNS, _rows(posted, now))


def _rows(found: Iterable[Posted], now: datetime) -> Iterator[Row]:
    for posted in found:
        state = standing(posted, now)
        next_try = posted.next_try_at if state is Delivery.QUEUED else None
        yield (
            posted.id,
            posted.ticket,
            posted.customer,
            posted.subject,
            state.replace("_", " "),
            posted.queued_at,
            posted.tries,
            next_try,
            posted.account,
            posted.said,
        )
