"""Zones by a POSIX rule, as the variable TZ may hold one: CET-1CEST,M3.5.0,M10.5.0/3 or <+03>-3."""

import re
from contextlib import suppress
from datetime import tzinfo

RULE = r"([A-Za-z]{3,}|<[A-Za-z0-9+-]{3,}>)[+-]?\d[\x21-\x7e]*"
USUAL_CHANGES = ",M3.2.0,M11.1.0"
"""When summer time begins and ends by a rule that names it and says no more (EST5EDT): as the C library has it."""

_HEAD = b"TZif2" + bytes(15)
_NO_COUNTS = bytes(24)
_ONE_KIND_OF_TIME = bytes(16) + b"\0\0\0\1" + b"\0\0\0\1" + bytes(7)
_FILE = _HEAD + _NO_COUNTS + _HEAD + _ONE_KIND_OF_TIME + b"\n%s\n"
"""A zoneinfo file (RFC 9636) in which no clock was ever changed, so that only the rule at its end counts."""


def find_rule(text: str) -> tzinfo | None:
    """Return the zone of a POSIX rule; None for a text that is no rule."""
    if not re.fullmatch(RULE, text):
        return None
    from io import BytesIO
    from zoneinfo import ZoneInfo

    for rule in (text, text + USUAL_CHANGES):
        with suppress(ValueError):
            return ZoneInfo.from_file(BytesIO(_FILE % rule.encode()))
    return None
