"""Dismiss what a customer said, be it a message or a low rating: it needs no reply, as "thanks!" does not."""

from collections.abc import Sequence

from supportq.model.event import Kind
from supportq.store.change import Done, Writer


def dismiss(writer: Writer, tickets: Sequence[int], *, reason: str = "") -> Done:
    """Say that no reply is owed; the clock that ran for it ends without a verdict, or late if it was late."""
    with writer.change("dismiss", reason=reason) as change:
        change.load(tickets)
        for number in tickets:
            ticket = change.ticket(number)
            if ticket.unanswered_since is None and ticket.follow_up_at is None:
                change.remark(number, "has no unanswered message", "have no unanswered message")
            else:
                change.record(number, Kind.DISMISSED, reason=change.reason_id)
        return change.store()
