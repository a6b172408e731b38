"""Hand a ticket to a higher line of support."""

from supportq.errors import SupportqError, UsageError
from supportq.model.filter import Lexicon
from supportq.model.ticket import Ticket
from supportq.rules.action import Changes
from supportq.rules.rule import Value


def check(value: Value, _words: Lexicon) -> SupportqError | None:
    """Want a line that somebody works at."""
    return None if type(value) is int and 1 <= value <= 3 else UsageError("a line must be 1, 2 or 3")


def apply(value: Value, ticket: Ticket) -> Changes:
    """Set the line, but never hand a ticket back."""
    return {"line": value} if isinstance(value, int) and value > ticket.line else {}
