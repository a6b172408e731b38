"""What the desk knows of its work: when inquiries came, and how much time those that are resolved took."""

from collections.abc import Iterator

from supportq.model.channel import Channel
from supportq.store.courses import RESOLVED
from supportq.store.grouping import ARRIVALS, Span, iter_counts
from supportq.store.measures import IS_ASIDE, number_of
from supportq.store.queue import Queue
from supportq.values import dataclass

IS_LIVE = f"ticket.channel in ('{Channel.PHONE}', '{Channel.CHAT}')"
"""True of tickets whose customer was there and waited."""

_WORK = (
    number_of(f"not {IS_ASIDE}"),
    number_of(f"not {IS_ASIDE} and ticket.spent_s > 0"),
    f"sum(iif({IS_ASIDE}, 0, ticket.spent_s))",
)


@dataclass(frozen=True, slots=True)
class Handling:
    """How much time tickets took: of how many there were, how many have it recorded, and how long these took."""

    count: int = 0
    recorded: int = 0
    seconds: int = 0

    def __add__(self, other: "Handling") -> "Handling":
        return Handling(self.count + other.count, self.recorded + other.recorded, self.seconds + other.seconds)

    @property
    def mean_s(self) -> float:
        """Return how long one of them took."""
        return self.seconds / self.recorded


def iter_arrivals(queue: Queue, span: Span) -> Iterator[tuple[str, bool, int]]:
    """Yield how many inquiries came in each hour that a span is cut into, live ones apart."""
    for hour, is_aside, is_live, count in iter_counts(queue, span, ARRIVALS, IS_ASIDE, IS_LIVE):
        if not is_aside:
            yield hour, bool(is_live), count


def handling(queue: Queue, span: Span) -> dict[bool, Handling]:
    """Return how much time the tickets took that were first resolved in a span: live ones (True) and others."""
    told = iter_counts(queue, span, RESOLVED, IS_LIVE, figures=_WORK)
    return {bool(is_live): Handling(*figures) for is_live, *figures in told}
