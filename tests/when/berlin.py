"""Where the tests of human time stand: a Wednesday afternoon in Berlin, and how they read and look from there."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from supportq.errors import SupportqError
from supportq.when import Direction, parse_moment, parse_range

BERLIN = ZoneInfo("Europe/Berlin")
WEDNESDAY = datetime(2026, 11, 25, 14, 0, tzinfo=BERLIN).astimezone(UTC)

WORDS = """
now today yesterday tomorrow mon friday week last-month in at ago 9:30 25:00 9am 13pm 3d 2h 30m 1mo 1M 9999999y 10 2026
may feb 31 next noon 24:00 1.5h 2026-11-22 2026-02-30 2026-W47 2026-W60 2026-11 2026-13 9999-12-31
@1700000000 12/11/10 2026-11-22T14:00Z .. x é ٣d
"""
some_words = st.lists(st.sampled_from(WORDS.split()), max_size=4).map(" ".join)
directions: st.SearchStrategy[Direction] = st.sampled_from(["past", "future"])


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


def moment(text: str, direction: Direction = "past", now: datetime = WEDNESDAY) -> datetime:
    return parse_moment(text, now=now, zone=BERLIN, direction=direction)


def range_of(text: str, direction: Direction = "past") -> tuple[datetime, datetime]:
    return parse_range(text, now=WEDNESDAY, zone=BERLIN, direction=direction)


def spellings_offered(fault: SupportqError) -> list[str]:
    """Return what a cure tells a person to write, as in "write it like 10:00 (a time of day) or 10d (days)"."""
    offer = re.sub(r"^write (it like )?| \([^)]*\)", "", " ".join(fault.cures))
    return re.split(", | or ", offer)
