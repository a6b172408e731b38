"""Days and longer periods of the calendar, by date or by word, as a first day and the day after the last."""

import re
from datetime import date, timedelta

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
DAY_WORDS = {"yesterday": -1, "today": 0, "tomorrow": 1}
SHIFTS = {"last": -1, "": 0, "next": 1}
SIZES_IN_MONTHS = {"month": 1, "quarter": 3, "year": 12}
PERIOD_WORDS = tuple(f"{shift}-{size}".lstrip("-") for shift in SHIFTS for size in ("week", *SIZES_IN_MONTHS))

Period = tuple[date, date]


def full_year(digits: str) -> int:
    """Return the year that two or four digits mean: 00-69 are ours, 70-99 the last century's, as in POSIX."""
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (2000 if year < 70 else 1900)


def find_period(text: str, today: date) -> Period | None:
    """Read a period: a word (today, last-week, month) or a date (2026-11-22, 2026-W47, 2026-11, 2026-Q4, 2026)."""
    return _period_by_word(text.lower(), today) or _period_by_date(text.upper())


def _period_by_word(word: str, today: date) -> Period | None:
    if word in DAY_WORDS:
        day = today + DAY_WORDS[word] * DAY
        return day, day + DAY
    if word not in PERIOD_WORDS:
        return None
    shift, _, size = word.rpartition("-")
    if size == "week":
        monday = today - today.weekday() * DAY + SHIFTS[shift] * WEEK
        return monday, monday + WEEK
    return _months_around(today, SIZES_IN_MONTHS[size], SHIFTS[shift])


def _period_by_date(text: str) -> Period | None:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        day = date.fromisoformat(text)
        return day, day + DAY
    if week := re.fullmatch(r"(\d{4})-W(\d\d)", text):
        monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
        return monday, monday + WEEK
    if quarter := re.fullmatch(r"(\d{4})-Q([1-4])", text):
        return _months_around(date(int(quarter[1]), 3 * int(quarter[2]), 1), 3)
    if re.fullmatch(r"\d{4}-\d\d", text):
        return _months_around(date.fromisoformat(f"{text}-01"), 1)
    if re.fullmatch(r"\d{4}", text):
        return _months_around(date(int(text), 1, 1), 12)
    return None


def _months_around(day: date, size: int, shift: int = 0) -> Period:
    count = (day.year * 12 + day.month - 1) // size + shift
    return _first_day(count * size), _first_day((count + 1) * size)


def _first_day(months: int) -> date:
    return date(months // 12, months % 12 + 1, 1)
