"""Give a ticket without a team to one."""

from supportq.errors import SupportqError
from supportq.model.filter import Lexicon
from supportq.model.ticket import Ticket
from supportq.rules.action import Changes, unknown
from supportq.rules.rule import Value


def check(value: Value, words: Lexicon) -> SupportqError | None:
    """Want the code of a team."""
    return unknown("team", value, words.teams)


def apply(value: Value, ticket: Ticket) -> Changes:
    """Set the team, unless there is one."""
    return {} if ticket.team else {"team": value}
