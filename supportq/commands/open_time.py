"""Open time in words for people."""

from datetime import timedelta


def in_hours(span: timedelta | float) -> str:
    """Write open time in hours, since a day of it is not a day: 72h, 1h 30m, 40s."""
    seconds = int(span.total_seconds() if isinstance(span, timedelta) else span)
    minutes, second = divmod(seconds, 60)
    counts = {"h": minutes // 60, "m": minutes % 60, "s": second}
    return " ".join(f"{count}{unit}" for unit, count in counts.items() if count) or "0h"
