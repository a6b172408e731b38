"""How a promise stands, in a few words: kept, late, and by how much."""

from datetime import datetime

from supportq.model.clock import Clock, Standing
from supportq.sla.pauses import open_s
from supportq.when import format_open
from supportq.work.promises import Explained


def standing(clock: Clock, now: datetime) -> str:
    """Return how a clock stands now, in a word or two."""
    if clock.is_late(now):
        return "late"
    return clock.standing_on(now).replace("_", " ")


def verdict(explained: Explained, now: datetime) -> str:
    """Return how a clock stands now, and how much open time there was or is until it is due, or since then."""
    clock = explained.clock
    word = standing(clock, now)
    if clock.why_void:
        return f"{word}: {clock.why_void}"
    if clock.due_at is None:
        return (
            word if clock.remaining_s is None else f"{word}: {format_open(max(0, clock.remaining_s))} of open time left"
        )
    until = clock.stopped_at or now
    since, to = sorted((until, clock.due_at))
    span = open_s(explained.hours, since, to, clock.pauses)
    return f"{word}{_margin(clock, format_open(span), early=until <= clock.due_at)}" if span else word


def _margin(clock: Clock, span: str, *, early: bool) -> str:
    if not early:
        return f"{', late' * (clock.standing is Standing.PAUSED)} by {span} of open time"
    return f", {span} of open time {'left' if clock.stopped_at is None else 'to spare'}"
