"""By when somebody will answer, as one can honestly say it to the customer."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from supportq.model.clock import Clock, ClockKind, Standing
from supportq.sla.hours import Hours, between, opening
from supportq.sla.terms import SOFT

_SECOND = timedelta(seconds=1)


def answer_by(clocks: Iterable[Clock], hours: Hours, now: datetime) -> datetime | None:
    """Return when the first answer is due, or, if the team is closed then, when it opens next.

    None where nothing is promised but softly, and where that moment is past.
    """
    due = next((clock.due_at for clock in clocks if _is_promise(clock)), None)
    if due is None or due <= now:
        return None
    return due if between(hours, due - _SECOND, due) else opening(hours, due)


def _is_promise(clock: Clock) -> bool:
    is_running = clock.kind is ClockKind.FIRST_RESPONSE and clock.standing is Standing.RUNNING
    return is_running and not clock.soft and clock.policy != SOFT.name
