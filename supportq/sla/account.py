"""An account of a ticket's promises: which time was counted, and what each event did to the clocks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from supportq.model.clock import Cause, Clock, ClockKind, Standing
from supportq.model.event import Event, Kind, in_force
from supportq.sla.history import read_history
from supportq.sla.hours import Hours, intervals
from supportq.sla.pauses import due_moment
from supportq.sla.reading import People
from supportq.sla.terms import Book
from supportq.values import dataclass

INTO_THE_PAST = "moves into the past"

Interval = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Effect:
    """What became of one clock: a verb, and what is promised by which policy and due when from then on and before."""

    kind: ClockKind
    ordinal: int
    became: str
    due_at: datetime | None
    policy: str = ""
    target_s: int = 0
    was_due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One event, or a new version of the settings where there is none, and what it did to the clocks."""

    event: Event | None
    at: datetime
    settings_id: int
    undone: bool
    effects: tuple[Effect, ...]


def counted(clock: Clock, hours: Hours) -> tuple[Interval, ...]:
    """List the open intervals outside all pauses, from the start until the stop or, if that is earlier, the due moment.

    For a clock that reached its due moment they add up to the target. One whose pause has no end yet is counted until
    that pause.
    """
    ends = [moment for moment in (clock.stopped_at, clock.due_at) if moment is not None]
    if not ends and not clock.pauses:
        return ()
    end = min(ends) if ends else clock.pauses[-1].since
    spans = _outside(clock, end)
    return tuple(interval for start, stop in spans for interval in intervals(hours, start, stop))


def warnings(clock: Clock, hours: Hours, fractions: Iterable[float]) -> tuple[tuple[float, datetime], ...]:
    """List the moments at which so much of the target of a clock that runs in time is used up."""
    if not clock.standing.is_live or clock.due_at is None or clock.breached_at is not None:
        return ()
    used = ((each, due_moment(hours, clock.started_at, int(clock.target_s * each), clock.pauses)) for each in fractions)
    return tuple((each, moment) for each, moment in used if moment is not None)


def _outside(clock: Clock, end: datetime) -> Iterator[Interval]:
    since = clock.started_at
    for pause in clock.pauses:
        if pause.since >= end:
            break
        if pause.since > since:
            yield since, pause.since
        if pause.until is None:
            return
        since = max(since, pause.until)
    if since < end:
        yield since, end


def steps(history: Sequence[Event], book: Book, people: People) -> Iterator[Step]:
    """Tell a history once more, event by event as it was recorded, with what each did to the clocks.

    A version of the settings is told where it moved a clock. What was undone later is told too, and marked.
    """
    counts = {event.id for event in in_force(history)}
    before: tuple[Clock, ...] = ()
    for size, version, event in _moments(history, book):
        after = read_history(history[:size], _until(book, version), people).clocks
        effects = _effects(before, after)
        if event is not None:
            undone = event.id not in counts and event.kind not in _ABOUT_CHANGES
            yield Step(event, event.recorded_at, version, undone, effects)
        elif effects:
            yield Step(None, book.terms(version).applied_at, version, undone=False, effects=effects)
        before = after


def _moments(history: Sequence[Event], book: Book) -> Iterator[tuple[int, int, Event | None]]:
    """Yield how many events there were by then, the version in force, and the event unless that version is the news."""
    known = history[0].settings_id
    for place, event in enumerate(history):
        for version in book.between(known, event.settings_id):
            yield place, version, None
        known = event.settings_id
        yield place + 1, known, event
    for version in book.between(known, book.latest_id):
        yield len(history), version, None


def _until(book: Book, version: int) -> Book:
    """Return the book as it was when that version was the newest."""
    return replace(book, ids=tuple(number for number in book.ids if number <= version))


def _effects(before: Sequence[Clock], after: Sequence[Clock]) -> tuple[Effect, ...]:
    was = {(clock.kind, clock.ordinal): clock for clock in before}
    now = {(clock.kind, clock.ordinal): clock for clock in after}
    gone = [Effect(*key, "is taken back", None) for key in was if key not in now]
    changed = [
        Effect(
            *key, became, clock.due_at, clock.policy, clock.target_s, was_due_at=was[key].due_at if key in was else None
        )
        for key, clock in now.items()
        if (became := _became(was.get(key), clock))
    ]
    return (*gone, *changed)


def _became(before: Clock | None, after: Clock) -> str:
    if before is None:
        return "starts" if after.standing.is_live else f"starts and is {_words(after)}"
    if before.standing is not after.standing:
        return _ENDS.get(after.standing) or f"is {_words(after)}"
    if before.due_at == after.due_at:
        return ""
    return INTO_THE_PAST if after.cause is Cause.RETARGET is not before.cause else "moves"


def _words(clock: Clock) -> str:
    word = clock.standing.replace("_", " ")
    return f"{word} ({clock.why_void})" if clock.why_void else word


_ENDS = {Standing.RUNNING: "goes on", Standing.PAUSED: "pauses"}
_ABOUT_CHANGES = frozenset({Kind.UNDONE, Kind.REDONE})
