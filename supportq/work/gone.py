"""What left the desk: it can't be taken back, and whoever tries is told so."""

from collections.abc import Iterable

from supportq.model.message import Delivery
from supportq.store import outbox
from supportq.store.queue import Queue
from supportq.work.moves import Refused


def check_nothing_left(queue: Queue, changes: Iterable[int]) -> None:
    """Raise Refused where one of these changes sent a mail, or is just doing so."""
    gone = outbox.gone_by(queue.connection, changes)
    if gone is None:
        return
    ticket, delivery = gone
    another = "take back another change: supportq undo --list"
    if delivery is Delivery.SENDING:
        raise Refused(
            f"a mail about {ticket} is just being sent, so it can't be undone", "see: supportq outbox list", another
        )
    if delivery is Delivery.FAILED:
        raise Refused(
            f"a mail about {ticket} was refused, which can't be undone", "send it again: supportq outbox retry", another
        )
    raise Refused(
        f"a mail about {ticket} was sent, and can't be unsent", f"write another: supportq reply {ticket}", another
    )
