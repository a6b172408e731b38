"""How far messages to customers have come, by what happened to their ticket."""

from collections.abc import Iterable

from supportq.model.event import Event, Kind
from supportq.model.message import Delivery

AFTER = {
    Kind.REPLIED: Delivery.RECORDED,
    Kind.QUEUED: Delivery.QUEUED,
    Kind.ACKNOWLEDGED: Delivery.QUEUED,
    Kind.NOTIFIED: Delivery.QUEUED,
    Kind.SENT: Delivery.SENT,
    Kind.FAILED: Delivery.FAILED,
    Kind.UNSURE: Delivery.MAYBE_SENT,
    Kind.CANCELLED: Delivery.CANCELLED,
}


def deliveries(events: Iterable[Event]) -> dict[int, Delivery]:
    """Return how far each message has come after these events, all of which count."""
    return {event.data["message"]: _after(event) for event in events if event.kind in AFTER}


def _after(event: Event) -> Delivery:
    return Delivery.RECORDED if event.data.get("elsewhere") else AFTER[event.kind]
