"""What was found by its words, newest or best first, and where else to look."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from shlex import join, quote

from supportq.model.filter import Filter, is_bare
from supportq.model.table import Column, Kind, Table
from supportq.store import customers
from supportq.store.queue import Queue
from supportq.store.search import Hit, called_rows, search_rows

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


def found_rows(  # noqa: PLR0913 - all that a search can be asked for
    queue: Queue, words: Sequence[str], criteria: Filter, *, now: datetime, best_first: bool, limit: int | None
) -> Iterator[Hit]:
    """Yield what was found by its words; before that the ticket that had the one word as its key elsewhere."""
    spoken = [word for word in words if is_bare(word)]
    called = list(called_rows(queue, spoken[0], criteria, now=now)) if len(spoken) == 1 else []
    yield from called
    told = {hit.message_id for hit in called}
    said = search_rows(queue, criteria, now=now, best_first=best_first, limit=limit)
    yield from (hit for hit in said if hit.message_id not in told)


def elsewhere(queue: Queue, words: Sequence[str]) -> Iterator[str]:
    """Yield what else may be tried after a search that found nothing: a customer so called, or words that stand apart.

    Text is what was said; who said it is a customer.
    """
    spoken = [word.replace('"', "").strip() for word in words if is_bare(word)]
    called = " ".join(spoken)
    found = customers.like(queue.connection, called, limit=2) if called else []
    if found:
        yield f"{'1 customer matches' if len(found) == 1 else 'Customers match'}: supportq customer {quote(called)}"
    if any(" " in word for word in spoken):
        terms = [word for word in words if not is_bare(word)]
        yield f"The words may stand apart: supportq search {join([*called.split(), *terms])}"
