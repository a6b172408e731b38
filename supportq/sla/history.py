"""A history read as promises: the fold of one ticket's events to the ticket and all of its clocks.

Events are taken in recorded order. What starts, pauses, stops and doesn't stop a clock is told by its own module.
"""

from collections.abc import Callable, Collection, Mapping, Sequence

from supportq.model.clock import Clock, ClockKind, WhyVoid
from supportq.model.course import Course
from supportq.model.ending import Ending
from supportq.model.event import Event, Kind, in_force
from supportq.model.ticket import ACTIVE, Ticket
from supportq.sla import resolutions, responses, updates
from supportq.sla.reading import NOBODY, People, Reading
from supportq.sla.terms import Book
from supportq.values import dataclass


@dataclass(frozen=True, slots=True)
class Folded:
    """What a history adds up to: the ticket, or None when its creation was undone, its clocks, its course and ends."""

    ticket: Ticket | None
    clocks: tuple[Clock, ...] = ()
    course: Course | None = None
    endings: tuple[Ending, ...] = ()


def read_history(history: Sequence[Event], book: Book, people: People = NOBODY) -> Folded:
    """Fold a ticket's events in recorded order, by the terms that were in force at each and have come since.

    `people` are the customers whom the events name, and may be others besides.
    """
    reading = _read(history, book, people)
    return _folded(reading) if reading else Folded(None)


def read_on(history: Sequence[Event], book: Book, newer: Book, people: People = NOBODY) -> tuple[Folded, Folded]:
    """Fold a ticket's events once, and return what they add up to by a book and by one with later terms besides."""
    reading = _read(history, book, people)
    if reading is None:
        return Folded(None), Folded(None)
    before = _folded(reading)
    reading.book = newer
    return before, _folded(reading)


def _folded(reading: Reading) -> Folded:
    return Folded(*reading.ticket_and_clocks(), reading.route.course(reading.fold), reading.spells.endings())


def _read(history: Sequence[Event], book: Book, people: People) -> Reading | None:
    events = in_force(history)
    if not events or events[0].kind is not Kind.CREATED:
        return None
    reading = Reading(book, book.terms(events[0].settings_id), people)
    for event in events:
        _take(reading, event)
    return reading


def _take(reading: Reading, event: Event) -> None:
    fold = reading.fold
    reading.follow_settings(event.settings_id)
    reading.last_event = event.id
    reading.pass_time(event)
    reading.hear(event)
    was_active, waiting = fold.status in ACTIVE, fold.unanswered
    reading.spells.pass_time(fold, event.at)
    fold.apply(event)
    if event.kind in _MOVES_TARGETS:
        reading.retarget(event.at)
    if event.data.get("retold"):
        _put_right(reading, event)
    is_active = fold.status in ACTIVE
    if is_active and not was_active:
        reading.route.reopened(fold.moment)
        _reopened(reading, waiting)
    handler = _HANDLERS.get(event.kind)
    if handler is not None:
        handler(reading, event)
    if was_active and not is_active:
        _ended(reading, event)
    reading.spells.follow(fold, event, reading.promises[ClockKind.RESOLUTION_TOTAL], reading.holder)
    reading.pause(fold.moment)


def _reopened(reading: Reading, waiting: Collection[int]) -> None:
    responses.reopened(reading, waiting)
    resolutions.reopened(reading)
    updates.reopened(reading)


def _ended(reading: Reading, event: Event) -> None:
    why = WhyVoid.MERGED if event.kind is Kind.MERGED else WhyVoid(reading.fold.status)
    responses.ended(reading, why)
    resolutions.ended(reading, event, why)
    updates.ended(reading, why)


def _put_right(reading: Reading, event: Event) -> None:
    """Judge by what a newer file tells of the time before it was read."""
    for clock in reading.clocks:
        clock.put_right(reading.fold.moment)
    if event.data.get("unheard"):
        responses.unheard(reading, event)


def _created(reading: Reading, event: Event) -> None:
    reading.route.created(event, reading.fold)
    resolutions.created(reading, event)
    responses.created(reading, event)


def _changed(reading: Reading, event: Event) -> None:
    reading.route.changed(event, reading.fold)


def _asked(reading: Reading, event: Event) -> None:
    reading.route.asked(event, reading.fold)
    responses.asked(reading, event)


def _resolved(reading: Reading, event: Event) -> None:
    resolutions.resolved(reading, event)
    reading.route.resolved(event, reading.fold, reading.promises[ClockKind.RESOLUTION_FIRST].hours)


def _replied(reading: Reading, event: Event) -> None:
    """Let a reply stop its clocks; what else is sent, such as an acknowledgement, stops none."""
    if event.data["message"] in reading.fold.answers:
        responses.replied(reading, event)
        updates.replied(reading, event)


def _failed(reading: Reading, event: Event) -> None:
    responses.failed(reading, event)
    resolutions.failed(reading, event)
    updates.failed(reading, event)


def _corrected(reading: Reading, event: Event) -> None:
    for clock in reading.clocks:
        if clock.kind == event.data["clock"] and clock.ordinal == event.data.get("ordinal", clock.ordinal):
            clock.correct(event.at, reading.holder)


_MOVES_TARGETS = (Kind.CREATED, Kind.CHANGED)
_HANDLERS: Mapping[Kind, Callable[[Reading, Event], None]] = {
    Kind.CREATED: _created,
    Kind.CHANGED: _changed,
    Kind.ASKED: _asked,
    Kind.REPLIED: _replied,
    Kind.SENT: _replied,
    Kind.FAILED: _failed,
    Kind.CANCELLED: resolutions.failed,
    Kind.RESOLVED: _resolved,
    Kind.NOTED: responses.noted,
    Kind.DISMISSED: responses.dismissed,
    Kind.CORRECTED: _corrected,
}
