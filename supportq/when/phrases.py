"""What people write as several words that say one thing: next week, 31 may, 9 pm; each becomes a single word."""

import re

from supportq.when.names import MONTHS, find_name

SIZES = "(week|month|quarter|year)"
DAY, NAME = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<name>[a-z]{3,9})\.?"
YEAR = r"(?:,? (?P<year>\d{4}))?(?=$| )"
DATES = (rf"(?<!\S){DAY} {NAME}{YEAR}", rf"(?<!\S){NAME} {DAY}{YEAR}")
YEARLY = r"--(\d\d)-(\d\d)"
"""A day of every year, as ISO 8601 writes it: --05-31."""


def one_word_each(text: str) -> list[str]:
    """Return the words of a text, where those that belong together are one: next-week, 2026-05-31, --05-31, 9pm."""
    text = re.sub(r" (?=[ap]\.?m\b)", "", text.lower())
    text = re.sub(rf"\b(last|next) {SIZES}\b", r"\1-\2", text)
    text = re.sub(rf"\bthis {SIZES}\b", r"\1", text)
    for date in DATES:
        text = re.sub(date, _date, text)
    return text.split()


def _date(found: re.Match[str]) -> str:
    place = find_name(found["name"], MONTHS)
    return found[0] if place is None else f"{found['year'] or '-'}-{place + 1:02}-{int(found['day']):02}"
