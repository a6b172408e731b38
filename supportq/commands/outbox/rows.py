"""Messages of the outbox as rows."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice

from supportq.errors import first_few
from supportq.model.message import Delivery
from supportq.model.table import Column, Kind, Row, Table
from supportq.store.outbox import Posted
from supportq.store.queue import Queue
from supportq.work.addressee import copied, recipient
from supportq.work.outbox import standing, why_in_doubt

_MOST_REASONS = 10

_COLUMNS = (
    Column("id", "Message", Kind.NUMBER),
    Column("ticket", "Ticket", Kind.NUMBER),
    Column("to", "To"),
    Column("state", "State"),
    Column("since", "Since", Kind.MOMENT),
    Column("next_try", "Next try", Kind.MOMENT, shown=False),
    Column("tries", "Tries", Kind.NUMBER, shown=False),
    Column("account", "Account", shown=False),
    Column("cc", "Cc", Kind.LIST, shown=False),
    Column("subject", "Subject", shown=False),
    Column("said", "Why", wide=True),
)


def posted_table(queue: Queue, posted: Iterable[Posted], now: datetime) -> Table:
    """Return messages of the outbox as they stand now."""
    return Table(_COLUMNS, _rows(queue, posted, now))


def drawn_table(table: Table, shown: int | None) -> Table:
    """Return the same for a screen: what is on its way to whom, and below, where there is room, why it is not there.

    Reasons are told once, with the numbers of the messages, of the first `shown` messages, or of all.
    """
    rows = list(table.rows)
    place = {column.key: at for at, column in enumerate(table.columns)}
    reasons: dict[str, list[str]] = {}
    for row in rows[: shown or None]:
        if row[place["said"]]:
            reasons.setdefault(str(row[place["said"]]), []).append(str(row[place["id"]]))
    when = "next_try" if any(row[place["next_try"]] for row in rows) else "since"
    told = [f"{first_few(numbers, between=', ')}: {why}" for why, numbers in islice(reasons.items(), _MOST_REASONS)]
    if len(reasons) > _MOST_REASONS:
        told.append(f"and {len(reasons) - _MOST_REASONS:,} more reasons: -c id,said")
    of_several = len({row[place["account"]] for row in rows}) > 1
    keys = ["id", "ticket", "to", *(["account"] if of_several else []), "state", when, "subject"]
    chosen = replace(table, rows=rows, caption="\n".join(told)).choose(keys)
    wide = (replace(column, wide=column.key == "subject") for column in chosen.columns)
    return replace(chosen, columns=tuple(wide))


def _rows(queue: Queue, found: Iterable[Posted], now: datetime) -> Iterator[Row]:
    for posted in found:
        state = standing(posted, now)
        waits_until = posted.next_try_at if state is Delivery.QUEUED and posted.next_try_at > now else None
        yield (
            posted.id,
            posted.ticket,
            recipient(queue, posted),
            state.replace("_", " "),
            posted.queued_at,
            waits_until,
            posted.tries,
            posted.account,
            copied(queue, posted),
            posted.subject,
            posted.said or why_in_doubt(posted, now),
        )
