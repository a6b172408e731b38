"""Dates in the columns of other systems' files; which of day and month comes first is decided over a whole column."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo

from supportq.when.clockface import MIDNIGHT, find_clock
from supportq.when.names import find_month
from supportq.when.offsets import OFFSETS
from supportq.when.periods import full_year
from supportq.when.spans import find_span
from supportq.when.stamps import find_epoch, reachable

WEEKDAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? "
YEAR_FIRST = r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"
DAY_NAMED = r"(?P<day>\d{1,2})(?:[-/ ]|\. ?)(?P<name>[^\W\d_]{3,10})(?:[-/ ]|[.,] ?)(?P<year>\d{4}|\d\d)"
NAME_FIRST = r"(?P<name>[a-z]{3,9})\.? (?P<day>\d{1,2}),? (?P<year>\d{4})"
# With dashes the year is written in full: 26-03-02 has it first as often as last.
YEAR_LAST = (
    r"(?P<name>[a-z]{3}) (?P<day>\d{1,2}) (?P<clock>[\d:]{8}) (?:(?P<offset>[+-]\d{4}|UTC|GMT) )?(?P<year>\d{4})"
)
NUMBERS = r"(?P<one>\d{1,2})(?P<mark>[-/.])(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4}|(?<!-)\d\d)(?!\d)"
CLOCK = r"(?P<clock>[\d:]+)(?:[.,]\d+)?(?P<half> ?[ap]\.?m\.?)?"
AFTER_DAY = rf"(?:T|,? (?:at )?){CLOCK}(?: ?(?P<offset>Z|[A-Z]{{3,4}}|[+-]\d\d:?\d\d))?"
_CLOCK_OF_DAYS = re.compile(r"(?:(\d{1,5}) days?,? )?(\d{1,6}):([0-5]\d)(?::([0-5]\d))?")
_ISO = re.compile(r"P(?:\d{1,6}[WD])*(?:T(?:\d{1,6}[HMS])+)?")
_LETTERS_OF_ISO = str.maketrans("", "", "PT")
_COUNT = re.compile(r"(1[0-8]\d{8})(?:\d{3}|\.\d{1,6})?")
"""Seconds or milliseconds since 1970 as programs write them, from 2001 on: no date has as many digits."""


def parse_import(text: str, *, day_first: bool | None, zone: tzinfo | None) -> datetime:
    """Read one value of a date column; raise ValueError where the value, its order or its zone is in doubt.

    A time that a clock change skips or repeats is a UsageError, which has its cure.
    """
    written = " ".join(text.split())
    moment = _find_iso(written) or _find_count(written) or _read_day_and_clock(written, day_first=day_first)
    if moment.tzinfo is None:
        if zone is None:
            raise ValueError(f'"{written}" has no time zone: name the one it was written in with --tz')
        moment = moment.replace(tzinfo=zone)
        if ":" in written:
            _refuse_clock_change(moment)
    return reachable(moment)


def _find_count(text: str) -> datetime | None:
    found = _COUNT.fullmatch(text)
    return find_epoch(f"@{found[1]}" if found else text)


def _refuse_clock_change(moment: datetime) -> None:
    """Raise UsageError for a time of day that the clocks of its zone never show, or show twice."""
    other = moment.replace(fold=1)
    if moment.utcoffset() == other.utcoffset():
        return
    from supportq.when.refusals import clock_change

    first, second = (each.astimezone(UTC).astimezone(moment.tzinfo) for each in (moment, other))
    raise clock_change(f"{moment:%Y-%m-%d %H:%M}", first, second)


def parse_lapse(text: str, *, unit: timedelta) -> timedelta:
    """Read how much time went by: 1:05 and 2 days 3:04:05 are hours, minutes, seconds; 2.5 so many units; 3m 4s; PT3M.

    Raises ValueError for what is no length of time.
    """
    if found := _CLOCK_OF_DAYS.fullmatch(text):
        days, hours, minutes, seconds = (int(digits or 0) for digits in found.groups())
        return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    if re.fullmatch(r"\d{1,12}(?:[.,]\d{1,6})?", text):
        return float(text.replace(",", ".")) * unit
    span = find_span(text.translate(_LETTERS_OF_ISO).lower() if _ISO.fullmatch(text) else text)
    if span is None or span.months:
        raise ValueError("no length of time")
    return timedelta(days=span.days, seconds=span.seconds)


def day_order(values: Iterable[str]) -> bool | None:
    """Tell whether the day comes first in a column (02/03/2026); None when no value shows it."""
    proof: dict[bool, str] = {}
    for value in values:
        found = re.match(NUMBERS, value.strip())
        order = _settled(int(found["one"]), int(found["two"])) if found and found["mark"] != "." else None
        if order is not None:
            proof.setdefault(order, value.strip())
        if len(proof) == 2:
            raise ValueError(f'the day comes first in "{proof[True]}", the month in "{proof[False]}"')
    return next(iter(proof), None)


def _settled(one: int, two: int) -> bool | None:
    """Tell whether the first of two numbers must be the day, since a year has twelve months."""
    return one > 12 if (one > 12) is not (two > 12) else None


def _find_iso(text: str) -> datetime | None:
    is_dashed = text[4:5] == "-" and text[7:8] == "-"
    if not is_dashed and (text[8:9] != "T" or not text[:8].isdecimal()):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _read_day_and_clock(text: str, *, day_first: bool | None) -> datetime:
    text = re.sub(WEEKDAY, "", text, count=1, flags=re.IGNORECASE)
    if found := re.fullmatch(YEAR_LAST, text, re.IGNORECASE):
        return _at_clock(_day(found.groupdict(), day_first=None), f" {found['clock']} {found['offset'] or ''}".rstrip())
    for pattern in (YEAR_FIRST, NUMBERS, DAY_NAMED, NAME_FIRST):
        if found := re.match(pattern, text, re.IGNORECASE):
            return _at_clock(_day(found.groupdict(), day_first=day_first), text[found.end() :])
    raise ValueError(f'"{text}" is no date')


def _day(parts: dict[str, str], *, day_first: bool | None) -> date:
    year = full_year(parts["year"])
    if "one" in parts:
        day, month = _day_and_month(parts, day_first=day_first)
        return date(year, month, day)
    if "month" in parts:
        return date(year, int(parts["month"]), int(parts["day"]))
    place = find_month(parts["name"])
    if place is None:
        raise ValueError(f'"{parts["name"]}" is no month')
    return date(year, place + 1, int(parts["day"]))


def _day_and_month(parts: dict[str, str], *, day_first: bool | None) -> tuple[int, int]:
    one, two = int(parts["one"]), int(parts["two"])
    if parts["mark"] == ".":
        day_first = True
    elif day_first is None:
        day_first = _settled(one, two)
    if day_first is None and one != two:
        raise ValueError(f'"{parts["one"]}{parts["mark"]}{parts["two"]}" may have the day or the month first')
    return (one, two) if day_first else (two, one)


def _at_clock(day: date, rest: str) -> datetime:
    if not rest:
        return datetime.combine(day, MIDNIGHT)
    found = re.fullmatch(AFTER_DAY, rest, re.IGNORECASE)
    clock = find_clock(found["clock"] + (found["half"] or "")) if found else None
    offset = _offset((found["offset"] or "").upper()) if found else None
    if clock is None or offset is None:
        raise ValueError(f'"{rest.strip()}" is no time of day')
    return datetime.fromisoformat(f"{day}T{clock}{offset}")


def _offset(name: str) -> str | None:
    """Return how a zone behind a time is written in ISO 8601; None for a name that may mean several."""
    if name in {"UTC", "GMT"}:
        return "Z"
    return OFFSETS.get(name) if name.isalpha() and name != "Z" else name
