"""Ranges as people write them: today, last-week, 2026-11, 3d, mon..fri, 2026-11-01.., as [start, end)."""

from datetime import datetime, timedelta, tzinfo

from supportq.when.moments import Direction, Standpoint, find_shifted, find_spoken, read_moment
from supportq.when.refusals import backward, only_a_moment, refusing_the_impossible
from supportq.when.stamps import EPOCH, FOREVER, reachable

SECOND = timedelta(seconds=1)

Range = tuple[datetime, datetime]

OPEN_END: Range = FOREVER, FOREVER


def parse_range(text: str, *, now: datetime, zone: tzinfo, direction: Direction = "past") -> Range:
    """Return the half-open range a person means; days and periods are whole, and now is the present second."""
    written = " ".join(text.split())
    here = Standpoint(now.replace(microsecond=0), zone, direction)
    first, dots, last = (part.strip() for part in written.partition(".."))
    return _between(first, last, here) if dots else _within(written, here)


def _between(first: str, last: str, here: Standpoint) -> Range:
    with refusing_the_impossible(first):
        start = _edges(first, here)[0] if first else EPOCH
    with refusing_the_impossible(last):
        last_start, end = _edges(last, _standpoint_at_end(last, start, here) if first else here) if last else OPEN_END
    if last_start < start and end <= start:
        raise backward(first, last)
    return start, end


def _within(text: str, here: Standpoint) -> Range:
    with refusing_the_impossible(text):
        start, end = _edges(text, here)
    if start < end:
        return start, end
    if not find_shifted(text, here):
        raise only_a_moment(text)
    return (start, here.now + SECOND) if start <= here.now else (here.now, end)


def _edges(text: str, here: Standpoint) -> Range:
    """Return the first moment of what is named and the first after it; a moment but now is both."""
    if text.lower() == "now":
        return here.now, here.now + SECOND
    spoken = find_spoken(text, here.today)
    if spoken is None or spoken.clock:
        moment = read_moment(text, here)
        return moment, moment
    first, after = spoken.days(here)
    return reachable(here.start(first)), reachable(here.start(after))


def _standpoint_at_end(last: str, start: datetime, here: Standpoint) -> Standpoint:
    """Let a weekday or time of day that ends a range be the first one after its start."""
    spoken = find_spoken(last, here.today)
    if spoken is None or spoken.period:
        return here
    return Standpoint(start, here.zone, "future")
