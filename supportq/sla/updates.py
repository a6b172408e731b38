"""Update: the customer hears from us every so often while the ticket is open."""

from supportq.model.clock import ClockKind, WhyVoid
from supportq.model.event import Event
from supportq.model.ticket import ACTIVE
from supportq.sla.reading import Reading

UPDATES = (ClockKind.UPDATE,)


def replied(reading: Reading, event: Event) -> None:
    """Count from this word to the customer until the next."""
    running = reading.find_live(UPDATES)
    if running is not None:
        if event.at < running.started_at:
            return
        running.stop(event.at, reading.holder, by=event.data["message"])
    if reading.fold.status in ACTIVE:
        reading.start(ClockKind.UPDATE, event.at, message=event.data["message"])


def failed(reading: Reading, event: Event) -> None:
    """Count from the word before, since this one never arrived."""
    running = reading.find_live(UPDATES)
    if running is None or running.message != event.data["message"]:
        return
    running.void(event.at, WhyVoid.BOUNCED, reading.holder, is_final=True)
    for clock in reading.all(UPDATES):
        if clock.stopped_by == event.data["message"] and not clock.is_final:
            reading.restore(clock, event.at)


def ended(reading: Reading, why: WhyVoid) -> None:
    """End with the ticket."""
    running = reading.find_live(UPDATES)
    if running is not None:
        running.void(reading.fold.moment, why, reading.holder)


def reopened(reading: Reading) -> None:
    """Go on with what the end of the ticket had voided."""
    void = [clock for clock in reading.all(UPDATES) if clock.can_go_on]
    if void:
        reading.resume(void[-1])
