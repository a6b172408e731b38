"""Open time around pauses: when a target is used up, and how much of it was."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from supportq.model.clock import Pause
from supportq.sla.hours import Hours, add, between


def due_moment(hours: Hours, start: datetime, target_s: int, pauses: Iterable[Pause]) -> datetime | None:
    """Return when `target_s` of open time outside the pauses is over; None if a pause without end comes first."""
    left = timedelta(seconds=target_s)
    for pause in pauses:
        worked = between(hours, start, pause.since)
        if worked > left:
            break
        if pause.until is None:
            return None
        left -= worked
        start = max(start, pause.until)
    return add(hours, start, left)


def counted(start: datetime, until: datetime, pauses: Iterable[Pause]) -> Iterator[tuple[datetime, datetime]]:
    """Yield the spans outside all pauses, from the start until a moment."""
    for pause in pauses:
        if pause.since > start:
            yield start, min(pause.since, until)
        if pause.until is None or pause.until >= until:
            return
        start = max(start, pause.until)
    if until > start:
        yield start, until


def open_s(hours: Hours, start: datetime, until: datetime, pauses: Iterable[Pause]) -> int:
    """Count the open seconds outside all pauses, from the start until a moment."""
    return sum(seconds(between(hours, since, to)) for since, to in counted(start, until, pauses))


def lasting_s(pauses: Iterable[Pause]) -> int:
    """Count the seconds of pauses that are over."""
    return sum(seconds(pause.until - pause.since) for pause in pauses if pause.until is not None)


def before(moment: datetime, pauses: Iterable[Pause]) -> list[Pause]:
    """Return the pauses, cut where they go on after a moment."""
    return [
        pause if pause.until is not None and pause.until <= moment else Pause(pause.since, moment, pause.why)
        for pause in pauses
        if pause.since < moment
    ]


def seconds(span: timedelta) -> int:
    """Return a span in whole seconds."""
    return span // _SECOND


_SECOND = timedelta(seconds=1)
