"""The week of some hours in words: Mon-Thu 09:00-17:00; Fri 09:00-15:00."""

from itertools import groupby

from supportq.sla.hours import ROUND_THE_CLOCK, WEEKDAYS, Hours, format_intervals
from supportq.sla.timeline import Intervals


def in_words(hours: Hours) -> str:
    """Return when these hours open in an ordinary week, days that follow one another and open alike as one."""
    if hours.week == ROUND_THE_CLOCK:
        return "around the clock"
    return "; ".join(f"{days} {times}" for days, times in _spells(hours.week) if times)


def _spells(week: tuple[Intervals, ...]) -> list[tuple[str, str]]:
    spells = []
    for times, days in groupby(range(7), key=lambda day: week[day]):
        first, *others = (WEEKDAYS[day][:3] for day in days)
        spells.append((f"{first}-{others[-1]}" if others else first, format_intervals(times)))
    return spells
