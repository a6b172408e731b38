"""Give a ticket a priority: a normal one any, another only a higher one."""

from supportq.errors import SupportqError
from supportq.model.filter import Lexicon
from supportq.model.ticket import Priority, Ticket
from supportq.rules.action import Changes, unknown
from supportq.rules.rule import Value


def check(value: Value, _words: Lexicon) -> SupportqError | None:
    """Want a priority."""
    return unknown("priority", value, list(Priority))


def apply(value: Value, ticket: Ticket) -> Changes:
    """Set the priority, but never lower one that was raised."""
    priority = Priority(str(value))
    untouched = ticket.priority is Priority.NORMAL
    if priority is ticket.priority or (priority.rank < ticket.priority.rank and not untouched):
        return {}
    return {"priority": priority}
