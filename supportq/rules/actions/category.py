"""Put a ticket without a category into one."""

from supportq.errors import SupportqError
from supportq.model.filter import Lexicon
from supportq.model.ticket import Ticket
from supportq.rules.action import Changes, unknown
from supportq.rules.rule import Value


def check(value: Value, words: Lexicon) -> SupportqError | None:
    """Want one of the desk's categories."""
    return unknown("category", value, words.categories)


def apply(value: Value, ticket: Ticket) -> Changes:
    """Set the category, unless there is one."""
    return {} if ticket.category else {"category": value}
