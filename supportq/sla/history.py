"""A history read as promises: the fold of one ticket's events to the ticket and all of its clocks.

Events are taken in recorded order. What starts, pauses, stops and doesn't stop a clock is told by its own module.
"""

from collections.abc import Callable, Collection, Mapping, Sequence

from supportq.model.clock import Clock, WhyVoid
from supportq.model.event import Event, Kind, in_force
from supportq.model.ticket import ACTIVE, Ticket
from supportq.sla import resolutions, responses, updates
from supportq.sla.reading import NOBODY, People, Reading
from supportq.sla.terms import Book
from supportq.values import dataclass


@dataclass(frozen=True, slots=True)
class Folded:
    """What a history adds up to: the ticket, or None when its creation was undone, and its clocks."""

    ticket: Ticket | None
    clocks: tuple[Clock, ...] = ()


def read_history(history: Sequence[Event], book: Book, people: People = NOBODY) -> Folded:
    """Fold a ticket's events in recorded order, by the terms that were in force at each and have come since.

    `people` are the customers whom the events name, and may be others besides.
    """
    reading = _read(history, book, people)
    return Folded(*reading.ticket_and_clocks()) if reading else Folded(None)


def read_on(history: Sequence[Event], book: Book, newer: Book, people: People = NOBODY) -> tuple[Folded, Folded]:
    """Fold a ticket's events once, and return what they add up to by a book and by one with later terms besides."""
    reading = _read(history, book, people)
    if reading is None:
        return Folded(None), Folded(None)
    before = Folded(*reading.ticket_and_clocks())
    reading.book = newer
    return before, Folded(*reading.ticket_and_clocks())


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
    was_active, waiting = fold.status in ACTIVE, fold.unanswered
    fold.apply(event)
    if event.kind in _MOVES_TARGETS:
        reading.retarget(event.at)
    is_active = fold.status in ACTIVE
    if is_active and not was_active:
        _reopened(reading, waiting)
    handler = _HANDLERS.get(event.kind)
    if handler is not None:
        handler(reading, event)
    if was_active and not is_active:
        _ended(reading, event)
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


def _created(reading: Reading, event: Event) -> None:
    resolutions.created(reading, event)
    responses.created(reading, event)


def _replied(reading: Reading, event: Event) -> None:
    responses.replied(reading, event)
    updates.replied(reading, event)


def _failed(reading: Reading, event: Event) -> None:
    responses.failed(reading, event)
    updates.failed(reading, event)


def _corrected(reading: Reading, event: Event) -> None:
    for clock in reading.clocks:
        if clock.kind == event.data["clock"] and clock.ordinal == event.data.get("ordinal", clock.ordinal):
            clock.correct(event.at, reading.holder)


_MOVES_TARGETS = (Kind.CREATED, Kind.CHANGED)
_HANDLERS: Mapping[Kind, Callable[[Reading, Event], None]] = {
    Kind.CREATED: _created,
    Kind.ASKED: responses.asked,
    Kind.REPLIED: _replied,
    Kind.SENT: _replied,
    Kind.FAILED: _failed,
    Kind.DISMISSED: responses.dismissed,
    Kind.CORRECTED: _corrected,
}
