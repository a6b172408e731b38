"""Days of the week and hours of the day, and how much of each a span holds."""

from collections import Counter
from datetime import date
from functools import lru_cache

from supportq.reports._groups import Group
from supportq.reports._periods import PERIODS, cut
from supportq.reports._question import Question
from supportq.when import parse_stamp

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
HOURS = tuple(f"{hour:02}" for hour in range(24))

Place = tuple[str, str]
"""A weekday and an hour of it."""


@lru_cache(20_000)
def place_of(hour: str) -> Place:
    """Return the weekday and the hour of an hour by its label, 2026-11-20 09:00."""
    return WEEKDAYS[date.fromisoformat(hour[:10]).weekday()], hour[11:13]


def seconds_between(question: Question) -> Counter[tuple[Group, Place]]:
    """Return how much of each place a question's span holds, under each combination of its periods."""
    timed = [key for key in question.by if key in PERIODS]
    seconds = Counter[tuple[Group, Place]]()
    for since, until, *labels, hour in cut(question.since, question.until, (*timed, "hour"), question.zone):
        lasted = parse_stamp(until) - parse_stamp(since)
        seconds[tuple(labels), place_of(hour)] += round(lasted.total_seconds())
    return seconds
