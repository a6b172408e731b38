"""The flow of tickets: how many were created, came to an end and were reopened."""

from collections.abc import Iterator

from supportq.store.grouping import ARRIVALS, OUTSIDE, Span, Told, counts, in_words, iter_counts, named, periods
from supportq.store.queue import Queue
from supportq.store.waits import ENDS, REOPENINGS

EVENTS = (
    (ARRIVALS, "'created'"),
    (ENDS, "iif(ending.is_first, 'resolved', 'done')"),
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
