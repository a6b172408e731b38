"""Mark tickets as spam: no inquiry, so nobody is owed anything."""

from collections.abc import Sequence

from supportq.model.event import Kind
from supportq.model.ticket import Status
from supportq.store.change import Done, Writer
from supportq.work.moves import already, check_move, status_of


def spam(writer: Writer, tickets: Sequence[int], *, reason: str = "") -> Done:
    """Mark tickets as spam; what their senders write later changes nothing."""
    with writer.change("spam", reason=reason) as change:
        change.load(tickets)
        for number in tickets:
            if status_of(change, number) is Status.SPAM:
                already(change, number, Status.SPAM)
                continue
            check_move(change, number, Status.SPAM)
            change.record(number, Kind.SPAMMED, reason=change.reason_id)
        return change.store()
