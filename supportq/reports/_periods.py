"""Days, weeks, months, quarters and years as a report writes them: spelt so that `--since` reads them again."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta, tzinfo

from supportq.when.periods import find_period

PERIODS = ("day", "week", "month", "quarter", "year")


def period_of(moment: datetime, period: str, zone: tzinfo) -> str:
    """Return the period that a moment falls into, in local time: 2026-11-20, 2026-W47, 2026-11, 2026-Q4, 2026."""
    return _label(moment.astimezone(zone).date(), period)


def periods_between(since: datetime, until: datetime, period: str, zone: tzinfo) -> Iterator[str]:
    """Yield every period that has a part between two moments, in order."""
    day = since.astimezone(zone).date()
    last = (until - timedelta(seconds=1)).astimezone(zone).date()
    while day <= last:
        label = _label(day, period)
        yield label
        day = end_of(label)


def end_of(label: str) -> date:
    """Return the first day after a period."""
    found = find_period(label, date.min)
    if found is None:
        raise ValueError(f"{label} is no period")
    return found[1]


def _label(day: date, period: str) -> str:
    match period:
        case "week":
            year, week, _ = day.isocalendar()
            return f"{year}-W{week:02}"
        case "month":
            return f"{day:%Y-%m}"
        case "quarter":
            return f"{day.year}-Q{(day.month + 2) // 3}"
        case "year":
            return str(day.year)
    return day.isoformat()
