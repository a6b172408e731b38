"""What to say when a time can't be read, or can be read in two ways: always with a spelling that works."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime

from supportq.errors import UnknownWord, UsageError
from supportq.when.names import MONTHS, WEEKDAYS, find_name
from supportq.when.periods import DAY_WORDS, PERIOD_WORDS, full_year
from supportq.when.spans import find_fault, find_span
from supportq.when.writing import format_exact

WORDS = ("now", *DAY_WORDS, *WEEKDAYS, *PERIOD_WORDS, "noon", "midnight", *MONTHS)
SMALL_WORDS = {"at", "in", "ago", "am", "pm", "t", "z", "q", "last", "next", "this", "st", "nd", "rd", "th"}
NUMERIC_DATE = r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)"
EXAMPLES = "write it like 2026-11-22 14:00, fri 16:30, yesterday 9am, 3d, 2h30m or in 2h"


def refusal(text: str) -> UsageError:
    """Return the fault of a text that is no time, with the nearest spellings that are one."""
    if text.isdecimal():
        return _bare_number(text, int(text[:20]))
    if numeric := re.fullmatch(NUMERIC_DATE, text):
        return _numeric_date(text, *numeric.groups())
    return find_fault(text) or _find_unknown_word(text) or _no_time(text)


@contextmanager
def refusing_the_impossible(text: str) -> Iterator[None]:
    """Turn what no calendar or queue holds (2026-02-30, 25:00, 9999y) into a fault with a cure."""
    try:
        yield
    except (ValueError, OverflowError) as fault:
        raise UsageError(f'no such day or time from 1970 to 9999: "{text}"', EXAMPLES) from fault


def clock_change(text: str, moment: datetime, other: datetime) -> UsageError:
    """Return the fault of a time of day that a clock change skips or repeats, with the moments around or at it."""
    what = "is skipped" if moment > other else "comes twice"
    first, second = (format_exact(each) for each in sorted((moment, other)))
    return UsageError(f"{text} {what}, since the clocks change", f"write {first} or {second}")


def only_a_moment(text: str) -> UsageError:
    """Return the fault of a single moment where a range is meant."""
    return UsageError(f'"{text}" is a moment, not a range', f"write {text}.. (from then on) or ..{text} (until then)")


def backward(start: str, end: str) -> UsageError:
    """Return the fault of a range that ends before it starts."""
    if end == "now":
        return UsageError(f'"{start}" lies ahead, where nothing has happened yet', "name an earlier time")
    return UsageError(f'"{start}..{end}" ends before it starts', f"write {end}..{start}")


def _bare_number(text: str, number: int) -> UsageError:
    if number < 24:
        readings = f"{number}:00 (a time of day) or {number}d (days)"
    elif number <= 1970:
        readings = f"{number}m (minutes) or {number}d (days)"
    elif number < 9999:
        readings = f"{number}-01-01 (a day) or {number}m (minutes)"
    else:
        readings = "2026-11-22 (a day) or @1700000000 (seconds since 1970)"
    return UsageError(f'"{text}" may mean several things', f"write it like {readings}")


def _numeric_date(text: str, first: str, mark: str, second: str, year: str) -> UsageError:
    days: dict[str, None] = {}
    for day, month in [(first, second)] if mark == "." else [(first, second), (second, first)]:
        with suppress(ValueError):
            days[date(full_year(year), int(month), int(day)).isoformat()] = None
    if not days:
        return _no_time(text)
    return UsageError(f'a date starts with its year, unlike "{text}"', f"write {' or '.join(days)}")


def _find_unknown_word(text: str) -> UnknownWord | None:
    for word in re.findall(r"[a-z]+(?:-[a-z]+)*", text.lower()):
        known = word in WORDS or word in SMALL_WORDS or find_span(f"1{word}") or _is_named(word)
        if not known:
            return UnknownWord("time", word, WORDS)
    return None


def _is_named(word: str) -> bool:
    return any(find_name(word, names) is not None for names in (WEEKDAYS, MONTHS))


def _no_time(text: str) -> UsageError:
    return UsageError(f'can\'t read the time "{text}"', EXAMPLES)
