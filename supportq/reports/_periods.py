"""Hours, days, weeks, months, quarters and years as a report writes them: spelt so that `--since` reads them again."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from supportq.when.periods import find_period
from supportq.when.stamps import format_stamp, parse_stamp

PERIODS = ("hour", "day", "week", "month", "quarter", "year")

_HOUR, _SECOND = timedelta(hours=1), timedelta(seconds=1)


def period_of(moment: datetime, period: str, zone: tzinfo) -> str:
    """Return the period that a moment falls into, in local time: 2026-11-20 09:00, 2026-W47, 2026-11, 2026-Q4, 2026.

    Of an hour that a clock change repeats, the second bears its offset: 2026-10-25 02:00+01:00.
    """
    local = moment.astimezone(zone)
    if period != "hour":
        return _label(local.date(), period)
    label = f"{local.date()} {local.hour:02}:00"
    return label + local.isoformat(timespec="seconds")[19:] if _is_repeated(local) else label


def _is_repeated(local: datetime) -> bool:
    """Tell whether this is the second time of a whole hour."""
    if not local.fold:
        return False
    edges = (local.replace(minute=0, second=0), local.replace(minute=59, second=59))
    return all(edge.replace(fold=0).utcoffset() != edge.utcoffset() for edge in edges)


def periods_between(since: datetime, until: datetime, period: str, zone: tzinfo) -> Iterator[str]:
    """Yield every period that has a part between two moments, in order."""
    yield from dict.fromkeys(period_of(start, period, zone) for start in _starts(since, until, period, zone))


def ends_of(
    since: datetime, until: datetime, periods: tuple[str, ...], zone: tzinfo
) -> dict[tuple[str, ...], datetime]:
    """Return every combination of periods with a part in a span, and when that part ends: a week in its year."""
    return {tuple(labels): parse_stamp(end) for _, end, *labels in cut(since, until, periods, zone)}


def cut_short(since: datetime, until: datetime, period: str, zone: tzinfo) -> frozenset[str]:
    """Return the periods of which a span holds only a part: its first, its last, both or none."""
    beside = ((period_of(edge - _SECOND, period, zone), period_of(edge, period, zone)) for edge in (since, until))
    return frozenset(before for before, after in beside if before == after)


def whole(since: datetime, until: datetime, periods: tuple[str, ...], zone: tzinfo) -> list[tuple[str, ...]]:
    """Return the combinations of periods that a span holds from start to end, in order."""
    parts = list(ends_of(since, until, periods, zone))
    return parts[_is_amid(since, periods, zone) : len(parts) - _is_amid(until, periods, zone)]


def _is_amid(edge: datetime, periods: tuple[str, ...], zone: tzinfo) -> bool:
    """Tell whether none of these periods begins at a moment."""
    return all(period_of(edge - _SECOND, period, zone) == period_of(edge, period, zone) for period in periods)


@lru_cache(4)
def cut(since: datetime, until: datetime, periods: tuple[str, ...], zone: tzinfo) -> tuple[tuple[str, ...], ...]:
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
