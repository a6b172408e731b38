"""Mark tickets as spam: no inquiry, so nobody is owed anything."""

from collections.abc import Mapping, Sequence

from supportq.model.event import Kind
from supportq.model.ticket import Status
from supportq.store import outbox
from supportq.store.change import Done, Writer
from supportq.work.moves import already, check_move, status_of
from supportq.work.seen import check_nothing_came_in


def spam(writer: Writer, tickets: Sequence[int], *, reason: str = "", seen: Mapping[int, int] | None = None) -> Done:
    """Mark tickets as spam: what their senders write later changes nothing, and what waits to be sent never is.

    `seen` holds the revision of a ticket that the agent looked at, where it matters; raises CameIn after it.
    """
    with writer.change("spam", reason=reason) as change:
        change.load(tickets)
        waiting = outbox.waiting_for(change.queue.connection, tickets)
        for number in tickets:
            check_nothing_came_in(change, number, seen or {})
            if status_of(change, number) is Status.SPAM:
                already(change, number, Status.SPAM)
                continue
            check_move(change, number, Status.SPAM)
            for message in waiting.get(number, ()):
                change.record(number, Kind.CANCELLED, message=message)
            change.record(number, Kind.SPAMMED, reason=change.reason_id)
        return change.store()
