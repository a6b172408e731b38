"""What a report is asked: about which time, which tickets, and grouped by what."""

from datetime import datetime, tzinfo

from supportq.store.figures import Span
from supportq.store.scope import EVERYTHING, Scope
from supportq.values import dataclass
from supportq.when import format_local


@dataclass(frozen=True, slots=True)
class Question:
    """The moments from `since` until just before `until`, seen at `now`; days and weeks are those of `zone`."""

    since: datetime
    until: datetime
    now: datetime
    zone: tzinfo
    by: tuple[str, ...] = ()
    scope: Scope = EVERYTHING

    @property
    def span(self) -> Span:
        """Return what the queue is asked."""
        return Span(self.since, self.until, self.now, self.scope)

    @property
    def period(self) -> str:
        """Return the span in words."""
        first, last = (f"{_day(moment, self)}" for moment in (self.since, min(self.until, self.now)))
        return f"{first} to {last}"


def _day(moment: datetime, question: Question) -> str:
    return format_local(moment, question.zone, question.now)
