"""Tag a ticket."""

import re

from supportq.errors import SupportqError, UsageError
from supportq.model.filter import Lexicon
from supportq.model.ticket import Ticket
from supportq.rules.action import Changes
from supportq.rules.rule import Value


def check(value: Value, _words: Lexicon) -> SupportqError | None:
    """Want a list of tags, each one word."""
    if (
        isinstance(value, tuple)
        and value
        and all(isinstance(tag, str) and re.fullmatch(r"[^\s,]+", tag) for tag in value)
    ):
        return None
    return UsageError("tags must be a list of words", 'such as ["refund"]')


def apply(value: Value, ticket: Ticket) -> Changes:
    """Add the tags that the ticket doesn't have."""
    tags = value if isinstance(value, tuple) else ()
    missing = [tag for tag in tags if tag not in ticket.tags]
    return {"tags_added": missing} if missing else {}
