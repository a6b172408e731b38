"""The stored form of a moment, "2026-03-02T09:00:00Z", and the two moments that bound all others."""

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import lru_cache

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FOREVER = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)


def parse_stamp(text: str) -> datetime:
    """Read the stored form of a moment."""
    return datetime.fromisoformat(text)


def find_stamp(text: str) -> datetime | None:
    """Read the stored form of a moment that can be stored; None when the text is something else."""
    with suppress(ValueError):
        return reachable(parse_stamp(text)) if len(text) == len(format_stamp(EPOCH)) and text.endswith("Z") else None
    return None


@lru_cache(4096)
def format_stamp(moment: datetime) -> str:
    """Write an aware moment in the stored form: UTC, whole seconds, always 20 characters."""
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    return moment.isoformat()[:19] + "Z"


def find_epoch(text: str) -> datetime | None:
    """Read seconds since 1970, as @1700000000; None when the text is something else."""
    return EPOCH + timedelta(seconds=int(text[1:])) if re.fullmatch(r"@\d{1,11}", text) else None


def reachable(moment: datetime) -> datetime:
    """Return a moment as it can be stored, in UTC and whole seconds; raise ValueError for one that can't be."""
    if not EPOCH <= moment < FOREVER:
        raise ValueError(f"{moment.year} is not between 1970 and 9999")
    return moment.astimezone(UTC).replace(microsecond=0)
