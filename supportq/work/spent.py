"""Time spent on a ticket, counted at the line that held it."""

from supportq.model.event import Kind
from supportq.store.change import Change


def record_spent(change: Change, number: int, seconds: int) -> None:
    """Record work on a ticket; no seconds are no work."""
    if seconds:
        change.record(number, Kind.SPENT, seconds=seconds, line=change.ticket(number).line)
