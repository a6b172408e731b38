"""What was found by its words, newest or best first."""

from collections.abc import Iterable

from supportq.model.table import Column, Kind, Table
from supportq.store.search import Hit

COLUMNS = (
    Column("id", "ID", Kind.NUMBER),
    Column("at", "Said", Kind.MOMENT),
    Column("subject", "Subject", wide=True),
    Column("snippet", "Found"),
    Column("status", "Status", shown=False),
    Column("direction", "Direction", shown=False),
    Column("message", "Message", Kind.NUMBER, shown=False),
)


def search_table(hits: Iterable[Hit], *, caption: str = "") -> Table:
    """Return the hits of a search, one message each."""
    rows = (
        (hit.ticket_id, hit.at, hit.subject, hit.snippet, hit.status, hit.direction, hit.message_id) for hit in hits
    )
    return Table(COLUMNS, rows, caption=caption)
