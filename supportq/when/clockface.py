"""The time of day as people write it: 9:30, 17:30:05, 9am, 9:14 PM, noon."""

import re
from datetime import time

CLOCK = r"(\d{1,2})(?::(\d\d))?(?::(\d\d))?(?: ?([ap])\.?m\.?)?"
MIDNIGHT = time()
END_OF_DAY = {"24:00", "midnight"}
"""With a day, the midnight that ends it."""


def find_clock(text: str) -> time | None:
    """Read a time of day; None when the text has no form of one, ValueError when no clock shows it."""
    if text in END_OF_DAY:
        return MIDNIGHT
    if text == "noon":
        return time(12)
    found = re.fullmatch(CLOCK, text, re.IGNORECASE)
    if found is None or found[2] is found[4] is None:
        return None
    hour, minute, second = (int(digits or 0) for digits in found.group(1, 2, 3))
    return time(_hour_of_day(hour, found[4]) if found[4] else hour, minute, second)


def _hour_of_day(hour: int, half: str) -> int:
    if not 1 <= hour <= 12:
        raise ValueError(f"no clock shows {hour} {half}m")
    return hour % 12 + 12 * (half in "pP")
