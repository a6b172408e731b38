"""Give a ticket that nobody holds to an agent."""

from supportq.errors import SupportqError
from supportq.model.filter import Lexicon
from supportq.model.ticket import Ticket
from supportq.rules.action import Changes, unknown
from supportq.rules.rule import Value


def check(value: Value, words: Lexicon) -> SupportqError | None:
    """Want the code of an agent."""
    return unknown("agent", value, words.agents)


def apply(value: Value, ticket: Ticket) -> Changes:
    """Set the assignee, unless there is one."""
    return {} if ticket.assignee else {"assignee": value}
