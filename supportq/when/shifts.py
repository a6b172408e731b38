"""Ranges moved back in the calendar: the one before, and the same one a year earlier."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from dateutil.relativedelta import relativedelta

from supportq.when.stamps import reachable

_A_DAY, _A_SECOND = timedelta(days=1), timedelta(seconds=1)

Range = tuple[datetime, datetime]


def range_before(since: datetime, until: datetime, zone: tzinfo) -> Range:
    """Return the range of the same length before this one, that ends where this one begins.

    Whole months are preceded by as many months, whole days by as many days, however many hours they have.
    """
    first, after = _midnight(since, zone), _midnight(until, zone)
    if first is None or after is None:
        return _days_before(since, until, zone), since
    months = relativedelta(after, first)
    if first.day == after.day == 1:
        return _start(first - relativedelta(years=months.years, months=months.months), zone), since
    return _start(first - (after - first), zone), since


def year_earlier(since: datetime, until: datetime, zone: tzinfo) -> Range:
    """Return the range of the same local dates and times a year earlier."""
    return _year_earlier(since, zone), _year_earlier(until, zone)


def weeks_year_earlier(since: datetime, until: datetime, zone: tzinfo) -> Range:
    """Return the range of the same days of the same weeks (ISO 8601) a year earlier."""
    return _same_week(since, zone), _same_week(until, zone)


def _same_week(moment: datetime, zone: tzinfo) -> datetime:
    """Return the moment in the week of the same number; before a week 53 that the other year lacks is its last one."""
    local = moment.astimezone(zone).replace(tzinfo=None)
    year, week, weekday = local.isocalendar()
    try:
        day = date.fromisocalendar(year - 1, week, weekday)
    except ValueError:
        day = date.fromisocalendar(year - 1, week - 1, weekday)
    return reachable(datetime.combine(day, local.time(), zone).astimezone(UTC))


def _year_earlier(moment: datetime, zone: tzinfo) -> datetime:
    local = moment.astimezone(zone).replace(tzinfo=None) - relativedelta(years=1)
    return reachable(local.replace(tzinfo=zone).astimezone(UTC))


def _days_before(since: datetime, until: datetime, zone: tzinfo) -> datetime:
    """Return when a range begins that is as long and ends at a moment: of whole days, at the same time of day."""
    walls = [moment.astimezone(zone).replace(tzinfo=None) for moment in (since, until)]
    days, more = divmod(walls[1] - walls[0], _A_DAY)
    if days and more <= _A_SECOND:
        return _local(since, zone, days * _A_DAY)
    return reachable(since - (until - since))


def _local(moment: datetime, zone: tzinfo, back: timedelta) -> datetime:
    """Return the moment so many days earlier at the same time of day."""
    wall = moment.astimezone(zone).replace(tzinfo=None) - back
    return reachable(wall.replace(tzinfo=zone).astimezone(UTC))


def _midnight(moment: datetime, zone: tzinfo) -> date | None:
    """Return the day that begins at a moment, if one does."""
    local = moment.astimezone(zone)
    return local.date() if local.time() == time() else None


def _start(day: date, zone: tzinfo) -> datetime:
    return reachable(datetime.combine(day, time(), zone).astimezone(UTC))
