"""Resolution, first and total: from creation until the ticket is done, and until it is done for good."""

from supportq.model.clock import ClockKind, Standing, WhyVoid
from supportq.model.event import Event
from supportq.model.ticket import ACTIVE
from supportq.sla.policy import OnReopen
from supportq.sla.reading import End, Reading

RESOLUTIONS = (ClockKind.RESOLUTION_FIRST, ClockKind.RESOLUTION_TOTAL)


def created(reading: Reading, event: Event) -> None:
    """Start both."""
    for kind in RESOLUTIONS:
        reading.start(kind, event.at)


def ended(reading: Reading, event: Event, why: WhyVoid) -> None:
    """Stop both when the ticket is resolved, else void them; without data where an import knew of no pauses."""
    moment, holder = reading.fold.moment, reading.holder
    is_resolve = why is WhyVoid.RESOLVED
    reply = reading.reply_with(event) if is_resolve else None
    reading.ends.append(End(moment, is_resolve, reply))
    for clock in [clock for clock in reading.all(RESOLUTIONS) if clock.is_live]:
        if reading.fold.is_unknown(event):
            clock.unknown(moment, holder)
        elif is_resolve:
            clock.stop(moment, holder, by=reply)
        else:
            clock.void(moment, why, holder)


def resolved(reading: Reading, event: Event) -> None:
    """Move the end of what is without data, where a fuller file tells later when that was."""
    for clock in reading.all(RESOLUTIONS):
        if clock.standing is Standing.NO_DATA and "no_data" in event.data:
            clock.unknown(reading.fold.moment, reading.holder)


def failed(reading: Reading, event: Event) -> None:
    """Take back the first that a reply had ended, since that never arrived; a later resolve may have ended it too."""
    reply = event.data["message"]
    if reading.fold.status not in ACTIVE:
        return
    reading.ends = [end for end in reading.ends if end.reply != reply]
    for clock in reading.all((ClockKind.RESOLUTION_FIRST,)):
        if clock.stopped_by == reply and not clock.is_final:
            reading.restore(clock, event.at)
            later = next((end for end in reading.ends if end.is_resolve), None)
            if later is not None:
                clock.stop(later.at, reading.holder, by=later.reply)


def reopened(reading: Reading) -> None:
    """Go on with what was void, and with the total, or start that anew where the policy says so."""
    for clock in [clock for clock in reading.all(RESOLUTIONS) if clock.can_go_on]:
        reading.resume(clock)
    total = reading.all((ClockKind.RESOLUTION_TOTAL,))[-1]
    if total.is_live or total.is_final:
        return
    if reading.promises[total.kind].on_reopen is OnReopen.RESTART and not reading.takes_back_end:
        reading.start(total.kind, reading.fold.moment)
    else:
        reading.resume(total)
