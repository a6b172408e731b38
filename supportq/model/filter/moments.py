"""The moments that a filter asks about, written out: what last-week or 2d.. was taken to mean."""

from collections.abc import Iterator
from datetime import tzinfo

from supportq.model.filter.terms import Filter, Key, Span
from supportq.when import format_range

_ASKED = {Key.AGE: Key.CREATED, Key.IDLE: Key.UPDATED}


def format_moments(asked: Filter, zone: tzinfo) -> Iterator[str]:
    """Write each range of moments in a filter, those of its views too, as a term that means the same anywhere."""
    for term in asked.terms:
        for value in term.values:
            if isinstance(value, Filter):
                yield from format_moments(value, zone)
            elif isinstance(value, Span):
                key = _ASKED.get(term.key, term.key)
                yield f"{'not:' if term.negated else ''}{key}:{format_range(value.start, value.end, zone)}"
