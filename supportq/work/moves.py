"""Which status a ticket may become next: what its life forbids, and what the desk's settings do."""

from supportq.errors import SupportqError
from supportq.model.ticket import Status, Ticket
from supportq.store.change import Change

FINISHED = frozenset({Status.RESOLVED, Status.CLOSED, Status.SPAM})
FINAL = frozenset({Status.CLOSED, Status.SPAM})


class Refused(SupportqError):
    """A move that a ticket can't make from where it is."""


def status_of(change: Change, number: int) -> Status:
    """Return a ticket's status as of the moment of the change."""
    return change.ticket(number).status_on(change.now)


def check_move(change: Change, number: int, to: Status) -> None:
    """Raise Refused where the settings don't let a ticket become `to` from the status it has."""
    status = status_of(change, number)
    legal = change.settings.transitions.get(status)
    if legal and to is not status and to not in legal:
        raise Refused(
            f"{number} is {status}, and at this desk it may not become {to} from there",
            f"what it may become: {' '.join(legal)}",
        )


def check_not_finished(change: Change, number: int, what: str, finished: frozenset[Status] = FINISHED) -> None:
    """Raise Refused for a ticket that is done with, so that it can't be answered or parked before it is reopened."""
    status = status_of(change, number)
    if status in finished:
        raise Refused(f"{number} is {status}, so {what}", _way_back(change.ticket(number)))


def _way_back(ticket: Ticket) -> str:
    if ticket.merged_into is not None:
        return f"it was merged into {ticket.merged_into}: work there"
    return f"open it first: supportq reopen {ticket.id}"


def warn_unanswered(change: Change, number: int) -> None:
    """Warn where a ticket ends with a customer's message that nobody answered, nor is about to."""
    ticket = change.ticket(number)
    if ticket.unanswered_since is not None and not ticket.reply_waiting:
        unanswered = "with a customer's message unanswered"
        change.remark(number, f"ends {unanswered}", f"end {unanswered}")


def warn_of_waiting_reply(change: Change, number: int) -> None:
    """Warn where a ticket ends before the last word to its customer was sent."""
    if change.ticket(number).reply_waiting:
        waits = "a reply that waits to be sent (supportq outbox list)"
        change.remark(number, f"ends with {waits}", f"end with {waits}")


def already(change: Change, number: int, what: str) -> None:
    """Say that a ticket is what it was asked to become, which changes nothing."""
    change.remark(number, f"is {what} already", f"are {what} already")
