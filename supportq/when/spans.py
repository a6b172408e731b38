"""Spans as people write them: 3d, 2h30m, 1.5h, 90 min, 1 month; and working time: 4wh, 2wd."""

import re
from datetime import UTC, datetime, timedelta, tzinfo

from supportq.errors import UnknownWord, UsageError
from supportq.values import dataclass

# A capital M is a month to half the world: as `purge --older-than 1M` it must not pass for a minute.
UNITS = {
    "years": "y|yrs?|years?",
    "months": "mo|mos|months?",
    "weeks": "w|wks?|weeks?",
    "days": "d|days?",
    "hours": "h|hrs?|hours?",
    "minutes": "(?-i:m)|mins?|minutes?",
    "seconds": "s|secs?|seconds?",
}
SIZES = {"weeks": 604_800, "days": 86_400, "hours": 3_600}
SPAN = " ?".join(rf"(?:(?P<{unit}>\d{{1,7}}) ?(?:{words}))?" for unit, words in UNITS.items())
DECIMAL = r"(?P<whole>\d{{1,6}})\.(?P<part>\d{{1,3}}) ?(?P<unit>{words})"
HOURS_AND_MINUTES = rf"(\d{{1,7}} ?(?:{UNITS['hours']})) ?([0-5]\d)"
WORKING = r"(?:(?P<days>\d{1,7}) ?(?:wd|working days?))? ?(?:(?P<hours>\d{1,7}) ?(?:wh|working hours?))?"
COUNTED_WORDS = r"(?:in )?(?:\d+ ?(?![ap]m)[a-z]+ ?)+(?:ago)?"
UNIT_WORDS = ("s", "m", "h", "d", "w", "mo", "y", *UNITS)


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time in its three kinds: months and days follow the calendar, seconds are exact."""

    months: int
    days: int
    seconds: int

    def __neg__(self) -> "Span":
        return Span(-self.months, -self.days, -self.seconds)

    def after(self, moment: datetime, zone: tzinfo) -> datetime:
        """Return the moment this much later; a day later is the same time of day in the zone."""
        if self.months or self.days:
            moment = self._on_the_calendar(moment.astimezone(zone).replace(tzinfo=None), zone)
        return moment + timedelta(seconds=self.seconds)

    def _on_the_calendar(self, wall: datetime, zone: tzinfo) -> datetime:
        if self.months:
            from dateutil.relativedelta import relativedelta

            wall += relativedelta(months=self.months)
        return (wall + timedelta(days=self.days)).replace(tzinfo=zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """Time that passes only in business hours: a number of whole working days, then hours if any."""

    span: timedelta | None
    days: int


def find_span(text: str) -> Span | None:
    """Read a span, largest unit first; None when the text is no span."""
    found = re.fullmatch(SPAN, _in_whole_units(text), re.IGNORECASE)
    if found is None or not any(found.groups()):
        return None
    count = {unit: int(digits or 0) for unit, digits in found.groupdict().items()}
    return Span(
        months=12 * count["years"] + count["months"],
        days=7 * count["weeks"] + count["days"],
        seconds=3600 * count["hours"] + 60 * count["minutes"] + count["seconds"],
    )


def _in_whole_units(text: str) -> str:
    """Write 1.5h as 1h 1800s, and 2h30 as 2h 30m."""
    for unit, size in SIZES.items():
        if found := re.fullmatch(DECIMAL.format(words=UNITS[unit]), text, re.IGNORECASE):
            seconds = round(float(f"0.{found['part']}") * size)
            return f"{found['whole']}{found['unit']} {seconds}s"
    return re.sub(rf"^{HOURS_AND_MINUTES}$", r"\1 \2m", text, flags=re.IGNORECASE)


def parse_duration(text: str) -> timedelta:
    """Read a length of time that is the same everywhere: a day is 24 hours, and a month is refused."""
    written = " ".join(text.split())
    span = find_span(written)
    if written.isdecimal():
        raise UsageError(f'"{written}" of what?', f"write {written}m (minutes) or {written}h (hours)")
    if span is None:
        raise find_fault(written) or UsageError(f'no length of time "{text}"', "write it like 2h, 1h30m or 3 days")
    if span.months:
        raise UsageError(f'months and years differ in length: "{text}"', "write days, as 30d or 365d")
    return timedelta(days=span.days, seconds=span.seconds)


def parse_working(text: str) -> WorkingTime | None:
    """Read working time, as 4wh or 2wd; None when the text is something else."""
    found = re.fullmatch(WORKING, " ".join(text.split()), re.IGNORECASE)
    if found is None or not any(found.groups()):
        return None
    hours = found["hours"]
    return WorkingTime(timedelta(hours=int(hours)) if hours else None, int(found["days"] or 0))


def find_fault(text: str) -> UsageError | None:
    """Return what is wrong with numbers of units: one misspelt, too many, working time; None for another fault."""
    if not re.fullmatch(COUNTED_WORDS, text, re.IGNORECASE):
        return None
    units = re.findall(r"\d ?([a-z]+)", text, re.IGNORECASE)
    for unit in units:
        if not find_span(f"1{unit}") and not parse_working(f"1{unit}"):
            return UnknownWord("unit of time", unit, UNIT_WORDS)
    if re.search(r"\d{8}", text):
        return UsageError(f'"{text}" is too long a time', "use larger units, as 3d or 2w")
    if all(parse_working(f"1{unit}") for unit in units):
        return UsageError(f'"{text}": working time is not counted here', "write it like 16h or 3 days")
    return None
