"""Close tickets: final, so that what a customer says later is a new ticket."""

from collections.abc import Sequence

from supportq.model.event import Kind
from supportq.model.ticket import Status
from supportq.store.change import Done, Writer
from supportq.work.moves import already, check_move, status_of, warn_of_waiting_reply, warn_unanswered
from supportq.work.spent import record_spent


def close(
    writer: Writer, tickets: Sequence[int], *, resolution: str | None = None, reason: str = "", spent_s: int = 0
) -> Done:
    """Close tickets for good, whether or not they were resolved."""
    with writer.change("close", reason=reason) as change:
        change.load(tickets)
        for number in tickets:
            if status_of(change, number) is Status.CLOSED:
                already(change, number, Status.CLOSED)
                continue
            check_move(change, number, Status.CLOSED)
            warn_unanswered(change, number)
            warn_of_waiting_reply(change, number)
            record_spent(change, number, spent_s)
            change.record(number, Kind.CLOSED, resolution=resolution, reason=change.reason_id)
        return change.store()
