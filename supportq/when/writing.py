"""Spans and moments as people like to read them: 1h 20m, in 3d 4h, 5m late, Mon 14:05."""

from datetime import date, datetime, timedelta, tzinfo

from supportq.when.names import MONTHS, WEEKDAYS
from supportq.when.stamps import EPOCH, FOREVER

SIZES = {"w": 604_800, "d": 86_400, "h": 3_600, "m": 60}
NEAR_DAYS = {-1: "yesterday", 0: "today", 1: "tomorrow"}


def format_age(span: timedelta) -> str:
    """Write a span in its two largest units, rounded down: 12s, 5m, 1h 20m, 3d 4h, 6w."""
    seconds = int(span.total_seconds())
    if seconds < 60:
        return f"{seconds}s"
    counts = []
    for unit, size in SIZES.items():
        count, seconds = divmod(seconds, size)
        counts.append((count, unit))
    largest = next(place for place, (count, _) in enumerate(counts) if count)
    return " ".join(f"{count}{unit}" for count, unit in counts[largest : largest + 2] if count)


def format_open(span: timedelta | float, *, exact: bool = False) -> str:
    """Write open time in hours, as a day of it is not a day: 72h, 1h 30m, 40s; seconds beside hours only if exact."""
    seconds = int(span.total_seconds() if isinstance(span, timedelta) else span)
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    counts = {"h": hours, "m": minutes, "s": seconds if exact or not hours else 0}
    return " ".join(f"{count}{unit}" for unit, count in counts.items() if count) or "0h"


def format_due(due: datetime, now: datetime) -> str:
    """Write how long there is until something is due, or how late it is; nothing where no clock runs."""
    if due >= FOREVER:
        return ""
    return f"in {format_age(due - now)}" if due >= now else f"{format_age(now - due)} late"


def format_local(moment: datetime, zone: tzinfo, now: datetime) -> str:
    """Write a moment in local time, no longer than it must be to be clear today; nothing for no moment."""
    if moment >= FOREVER:
        return ""
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    away = (local.date() - today).days
    if away in NEAR_DAYS:
        return f"{NEAR_DAYS[away]} {local:%H:%M}"
    if abs(away) < 7:
        return f"{WEEKDAYS[local.weekday()].title()[:3]} {local:%H:%M}"
    day = f"{local.day} {MONTHS[local.month - 1].title()[:3]}"
    return f"{day} {local:%H:%M}" if local.year == today.year else f"{day} {local.year} {local:%H:%M}"


def format_dated(moment: datetime, zone: tzinfo, now: datetime) -> str:
    """Write a moment in local time with weekday and date, whether it lies back or ahead: Thu 19 Nov 11:36."""
    local = moment.astimezone(zone)
    year = "" if local.year == now.astimezone(zone).year else f" {local.year}"
    seconds = f":{local.second:02}" if local.second else ""
    weekday, month = WEEKDAYS[local.weekday()].title()[:3], MONTHS[local.month - 1].title()[:3]
    return f"{weekday} {local.day} {month}{year} {local:%H:%M}{seconds}"


def format_days(first: date, last: date) -> str:
    """Write the days from one to another, what they share once: 9 to 15 Nov 2026, 21 Oct to 20 Nov 2026."""
    ends = [[str(day.day), MONTHS[day.month - 1].title()[:3], str(day.year)] for day in (first, last)]
    if first == last:
        return " ".join(ends[1])
    shared = 3 if first.year != last.year else 2 if first.month != last.month else 1
    return f"{' '.join(ends[0][:shared])} to {' '.join(ends[1])}"


def format_exact(local: datetime) -> str:
    """Write a moment as it can be typed anywhere, in RFC 3339: 2026-11-22T14:00+01:00."""
    return local.isoformat(timespec="seconds" if local.second else "minutes")


def format_range(start: datetime, end: datetime, zone: tzinfo) -> str:
    """Write a range as it can be typed anywhere: its first moment and the first after it, where it has them."""
    first = "" if start <= EPOCH else format_exact(start.astimezone(zone))
    after = "" if end >= FOREVER else format_exact(end.astimezone(zone))
    return f"{first}..{after}"
