"""Hours, days, weeks, months, quarters and years as a report writes them: spelt so that `--since` reads them again."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from supportq.when.periods import find_period
from supportq.when.stamps import format_stamp

PERIODS = ("hour", "day", "week", "month", "quarter", "year")

_HOUR = timedelta(hours=1)


def period_of(moment: datetime, period: str, zone: tzinfo) -> str:
    """Return the period that a moment falls into, in local time: 2026-11-20 09:00, 2026-W47, 2026-11, 2026-Q4, 2026.

    An hour that a clock change repeats is one.
    """
    local = moment.astimezone(zone)
    return f"{local:%Y-%m-%d %H}:00" if period == "hour" else _label(local.date(), period)


def periods_between(since: datetime, until: datetime, period: str, zone: tzinfo) -> Iterator[str]:
    """Yield every period that has a part between two moments, in order."""
    yield from dict.fromkeys(period_of(start, period, zone) for start in _starts(since, until, period, zone))


def ends_between(since: datetime, until: datetime, period: str, zone: tzinfo) -> list[datetime]:
    """Return the moments at which each of those periods ends."""
    ends = {period_of(start, period, zone): _end(start, period, zone) for start in _starts(since, until, period, zone)}
    return list(ends.values())


def cut(since: datetime, until: datetime, periods: Sequence[str], zone: tzinfo) -> tuple[tuple[str, ...], ...]:
    """Cut a span where any of these periods begins: each part as its first stamp, the next one's, and its labels."""
    starts = sorted({start for period in periods for start in _starts(since, until, period, zone)})
    return tuple(
        (format_stamp(start), format_stamp(end), *(period_of(start, period, zone) for period in periods))
        for start, end in zip(starts, [*starts[1:], until], strict=True)
    )


def _starts(since: datetime, until: datetime, period: str, zone: tzinfo) -> Iterator[datetime]:
    start = since.astimezone(UTC)
    while start < until:
        yield start
        start = _end(start, period, zone)


def _end(moment: datetime, period: str, zone: tzinfo) -> datetime:
    """Return when the period ends that a moment falls into."""
    local = moment.astimezone(zone)
    if period == "hour":
        return moment + _HOUR - timedelta(minutes=local.minute, seconds=local.second)
    return datetime.combine(end_of(_label(local.date(), period)), time(), zone).astimezone(UTC)


def end_of(label: str) -> date:
    """Return the first day after a day, week, month, quarter or year."""
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
