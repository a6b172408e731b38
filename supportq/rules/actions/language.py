"""Say in which language a customer writes, where nobody knows it yet."""

import re

from supportq.errors import SupportqError, UsageError
from supportq.model.filter import Lexicon
from supportq.model.ticket import Ticket
from supportq.rules.action import Changes
from supportq.rules.rule import Value


def check(value: Value, _words: Lexicon) -> SupportqError | None:
    """Want the code of a language."""
    if isinstance(value, str) and re.fullmatch("[a-z]{2,3}", value):
        return None
    return UsageError("a language must be its code", 'such as "en" or "lv"')


def apply(value: Value, ticket: Ticket) -> Changes:
    """Set the language, unless it is known."""
    return {} if ticket.language else {"language": value}
