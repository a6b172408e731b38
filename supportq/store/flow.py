"""The flow of tickets: how many were created, came to an end and were reopened."""

from collections.abc import Iterator

from supportq.store.grouping import ARRIVALS, OUTSIDE, Span, Told, counts, in_words, iter_counts, named, periods
from supportq.store.queue import Queue
from supportq.store.waits import ENDS, REOPENINGS

UNDATED = "ending.kind = 'resolved' and ticket.resolved_at is null"
"""True of the end of a ticket of another desk of which nobody knows when it was; it came in by then."""

EVENTS = (
    (ARRIVALS, "'created'"),
    (ENDS, f"case when {UNDATED} then 'undated' when ending.is_first then 'resolved' else 'done' end"),
    (REOPENINGS, "'reopened'"),
)


def iter_flow(queue: Queue, span: Span) -> Iterator[Told]:
    """Yield how many events of each kind there were: keys, the event, why it is left out, count."""
    for source, event in EVENTS:
        yield from iter_counts(queue, span, source, event, OUTSIDE)


def query(span: Span) -> str:
    """Return the statement behind it on the documented views."""
    parts = [
        counts(span, source, named({"event": event, "outside": OUTSIDE}), ["count(*) as n"], on_views=True)
        for source, event in EVENTS
    ]
    return in_words(periods(span) + "union all".join(parts), span)
