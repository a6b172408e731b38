"""Date headers as moments, in the forms that mailers have written them in."""

import re
from datetime import UTC, datetime, timedelta

from supportq.when.offsets import OFFSETS

_FIRST_YEAR = 1971
"""Nobody sent mail before; a clock that was never set says so."""

_LONGEST = 200
_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
_USUAL = re.compile(
    rf" *(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), +)?(\d\d?) ({'|'.join(_NAMES)}) (197[1-9]|19[89]\d|20\d\d) "
    r"(\d\d):(\d\d):(\d\d) ([+-])([01]\d)([0-5]\d)(?: \([A-Z]+\))?",
    re.ASCII,
)
_COMMENT = re.compile(r"\([^()]*\)")
_HALF_OF_DAY = re.compile(r"\b(\d{1,2})(:\d\d(?::\d\d)?) ?([ap])\.?m\b\.?", re.IGNORECASE)
_LEAP_SECOND = re.compile(r"(:\d\d):60\b")
_OFFSET = re.compile(r"(:\d\d) *(?:GMT|UTC|UT)? *([+-])(\d\d?):?(\d\d)?(?!\d)")
_NAMED = re.compile(r"(:\d\d) *([A-Z]{3,4})\b(?! *[+-]\d)")


def moment(text: str) -> datetime | None:
    """Return the moment that a date header names, None where it names none; without a zone it is UTC."""
    from email.utils import parsedate_to_datetime

    if (usual := _USUAL.fullmatch(text)) and (found := _as_written(usual)):
        return found
    short = text[:_LONGEST]
    for parse, said in ((datetime.fromisoformat, short), (parsedate_to_datetime, _usual(short))):
        try:
            found = parse(said)
            if found.year < _FIRST_YEAR:
                return None
            return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
        except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
            continue
    return None


def _as_written(usual: re.Match[str]) -> datetime | None:
    """Return the moment of a date in the form that nearly all mailers write, None where there is no such day."""
    day, month, year, hour, minute, second, sign, hours, minutes = usual.groups()
    try:
        local = datetime(int(year), _MONTHS[month], int(day), int(hour), int(minute), int(second), tzinfo=UTC)
    except ValueError:
        return None
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return local + offset if sign == "-" else local - offset


def _usual(text: str) -> str:
    """Return a date with its hours up to 24 and its zone as +0100, without comments."""
    text = " ".join(_COMMENT.sub(" ", text).split())
    text = _HALF_OF_DAY.sub(_of_whole_day, _LEAP_SECOND.sub(r"\1:59", text))
    text = _OFFSET.sub(lambda found: f"{found[1]} {found[2]}{int(found[3]):02}{found[4] or '00'} ", text)
    return _NAMED.sub(lambda found: f"{found[1]} {OFFSETS.get(found[2], found[2])}", text)


def _of_whole_day(found: re.Match[str]) -> str:
    return f"{int(found[1]) % 12 + 12 * (found[3] in 'pP')}{found[2]}"
