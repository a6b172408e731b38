"""What customers gave, as reports ask about it."""

from supportq.store.courses import RESOLVED
from supportq.store.grouping import Source
from supportq.store.measures import IS_ASIDE, Measure, number_of

RATINGS = Measure(
    Source("{ticket}", "ticket.rated_at"),
    {
        "n": number_of(f"not {IS_ASIDE}"),
        "satisfied": number_of(f"not {IS_ASIDE} and ticket.rating >= 4"),
        "low": number_of(f"not {IS_ASIDE} and ticket.rating <= 2"),
        "points": f"sum(iif({IS_ASIDE}, 0, ticket.rating))",
        "outside": number_of(IS_ASIDE),
    },
)

RATED = Measure(RATINGS.source, {"ratings": RATINGS.figures["n"], "satisfied": RATINGS.figures["satisfied"]})
"""The same beside figures of tickets."""

RESPONSES = Measure(
    Source(RESOLVED.tables, RESOLVED.dated_at),
    {
        "resolved": number_of(f"not {IS_ASIDE}"),
        "rated": number_of(f"not {IS_ASIDE} and ticket.rating is not null"),
    },
)
"""How many of the tickets that were resolved have been rated."""
