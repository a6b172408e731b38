"""A history read as promises: the fold of one ticket's events to the ticket and all of its clocks.

What starts, pauses, stops and doesn't stop each clock is told by the handlers below; events are taken in recorded
order, and settings that were applied between two events retarget the clocks that ran then.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from supportq.model.clock import Clock, ClockKind
from supportq.model.customer import Customer
from supportq.model.event import Event, Kind, in_force
from supportq.model.fold import Fold
from supportq.model.message import Author
from supportq.model.ticket import ACTIVE, Priority, Status, Ticket
from supportq.sla.clock import Holder, Running
from supportq.sla.policy import OnReopen
from supportq.sla.terms import SOFT, Book, Promise, Terms

_RESPONSES = frozenset({ClockKind.FIRST_RESPONSE, ClockKind.NEXT_RESPONSE})
_RESOLUTIONS = (ClockKind.RESOLUTION_FIRST, ClockKind.RESOLUTION_TOTAL)


@dataclass(frozen=True, slots=True)
class Folded:
    """What a history adds up to: the ticket, or None when its creation was undone, and its clocks."""

    ticket: Ticket | None
    clocks: tuple[Clock, ...] = ()


def read_history(history: Sequence[Event], book: Book, customer: Customer | None = None) -> Folded:
    """Fold a ticket's events in recorded order, by the terms that were in force at each and have come since."""
    events = in_force(history)
    if not events:
        return Folded(None)
    reading = _Reading(book, book.terms(events[0].settings_id), customer)
    for event in events:
        reading.take(event)
    return reading.result()


class _Reading:
    """The state of one reading."""

    def __init__(self, book: Book, terms: Terms, customer: Customer | None) -> None:
        self.book = book
        self.terms = terms
        self.customer = customer
        self.fold = Fold()
        self.clocks: list[Running] = []
        self.promises: dict[ClockKind, Promise] = {}
        self.holder = Holder(None, None, Priority.NORMAL)

    def result(self) -> Folded:
        if not self.fold.exists:
            return Folded(None)
        self._follow_settings(self.book.latest_id)
        ticket = self.fold.value()
        enforce_from = self.terms.enforce_from
        alarms = enforce_from is None or ticket.created_at >= enforce_from
        clocks = (clock for clock in self.clocks if clock.promise.target_s is not None)
        return Folded(ticket, tuple(clock.value(ticket.id, self.terms, self.holder, alarms=alarms) for clock in clocks))

    def take(self, event: Event) -> None:
        self._follow_settings(event.settings_id)
        fold = self.fold
        for clock in self.clocks:
            clock.observe(event.at, self.holder)
        if fold.wake_at is not None and fold.wake_at <= event.at and fold.status in _SLEEPING:
            fold.wake()
            self._sync_pauses(fold.state["status_at"])
        before = fold.status
        fold.apply(event)
        if event.kind in _MOVES_TARGETS:
            self._retarget(event.at)
        if before not in ACTIVE and fold.status in ACTIVE and event.kind is not Kind.CREATED:
            self._reopen(fold.moment)
        handler = _HANDLERS.get(event.kind)
        if handler is not None:
            handler(self, event)
        self._sync_pauses(fold.moment)

    def _follow_settings(self, settings_id: int) -> None:
        if settings_id <= self.terms.settings_id:
            return
        for version in self.book.between(self.terms.settings_id, settings_id):
            self.terms = self.book.terms(version)
            if self.fold.exists:
                self._retarget(self.terms.applied_at)

    def _retarget(self, now: datetime) -> None:
        ticket = self.fold.value()
        policy = self.terms.policy_for(ticket, self.customer)
        self.promises = {kind: self.terms.promise(policy, kind, ticket.priority) for kind in ClockKind}
        held, self.holder = self.holder, Holder(ticket.team, ticket.assignee, ticket.priority)
        for clock in self.clocks:
            clock.observe(now, held)
            clock.retarget(self.promises[clock.kind], self.terms.settings_id, now, self.holder)

    def _sync_pauses(self, moment: datetime) -> None:
        status = self.fold.status
        for clock in self.clocks:
            if not clock.is_live or not clock.promise.pause_on:
                continue
            if status in clock.promise.pause_on:
                clock.pause(moment, status.value, self.fold.wake_at)
            else:
                clock.unpause(moment)

    def _start(self, kind: ClockKind, moment: datetime, promise: Promise | None = None) -> Running:
        ordinal = 1 + sum(clock.kind is kind for clock in self.clocks)
        clock = Running(kind, ordinal, moment, promise or self.promises[kind], self.terms.settings_id)
        self.clocks.append(clock)
        return clock

    def _response(self) -> Running | None:
        return next((clock for clock in self.clocks if clock.kind in _RESPONSES and clock.is_live), None)

    def _last_response(self) -> Running | None:
        return next((clock for clock in reversed(self.clocks) if clock.kind in _RESPONSES), None)

    def _live(self, *kinds: ClockKind) -> list[Running]:
        return [clock for clock in self.clocks if clock.kind in kinds and clock.is_live]

    def created(self, event: Event) -> None:
        self.promises = {}
        self._retarget(event.at)
        for kind in _RESOLUTIONS:
            self._start(kind, event.at)
        if event.data.get("no_data"):
            self._start(ClockKind.FIRST_RESPONSE, event.at).unknown(event.at, self.holder)

    def asked(self, event: Event) -> None:
        if event.data.get("author", Author.CUSTOMER) == Author.THIRD_PARTY or self.fold.status not in ACTIVE:
            return
        running, last = self._response(), self._last_response()
        if event.data.get("automatic"):
            if last is None and self.fold.opened_by == "customer":
                self._start_soft(event.at)
            return
        if running is not None and not running.soft:
            return
        if running is not None:
            running.void(event.at, "a person wrote", self.holder, is_final=True)
        is_first = self.fold.opened_by == "customer" and (last is None or running is not None)
        self._start(ClockKind.FIRST_RESPONSE if is_first else ClockKind.NEXT_RESPONSE, event.at)

    def _start_soft(self, moment: datetime) -> None:
        kind = ClockKind.FIRST_RESPONSE
        self._start(kind, moment, self.terms.promise(SOFT, kind, self.holder.priority)).soft = True

    def replied(self, event: Event) -> None:
        clock = self._response()
        if clock is None or (event.at < clock.started_at and self.fold.unanswered):
            return
        clock.stop(event.at, self.holder)
        clock.stopped_by = event.data["message"]
        clock.live = bool(event.data.get("live"))
        clock.late_recorded = bool(event.data.get("late"))
        if self.fold.unanswered and self.fold.status in ACTIVE:
            self._start(ClockKind.NEXT_RESPONSE, min(at for _, at in self.fold.unanswered))

    def failed(self, event: Event) -> None:
        stopped = next((clock for clock in self.clocks if clock.stopped_by == event.data["message"]), None)
        if stopped is None:
            return
        later = self._response()
        if later is not None:
            self.clocks.remove(later)
        stopped.restore()

    def dismissed(self, event: Event) -> None:
        clock = self._response()
        if clock is not None:
            clock.void(event.at, "dismissed", self.holder, is_final=True)

    def resolved(self, event: Event) -> None:
        moment = self.fold.moment
        for clock in self._live(*_RESPONSES):
            clock.void(moment, "resolved", self.holder)
        for clock in self._live(*_RESOLUTIONS):
            if event.data.get("no_data"):
                clock.unknown(moment, self.holder)
            else:
                clock.stop(moment, self.holder)

    def ended(self, event: Event) -> None:
        for clock in self._live(*ClockKind):
            clock.void(self.fold.moment, _WHY_ENDED[event.kind], self.holder)

    def corrected(self, event: Event) -> None:
        for clock in self.clocks:
            if clock.kind == event.data["clock"] and clock.ordinal == event.data.get("ordinal", clock.ordinal):
                clock.correct(event.at, self.holder)

    def _reopen(self, moment: datetime) -> None:
        """Take back what the end had stopped: an unanswered response, a void resolution, and the total."""
        self._reopen_response(moment)
        for clock in list(self.clocks):
            if clock.is_live or clock.is_final or clock.kind not in _RESOLUTIONS:
                continue
            if clock.kind is ClockKind.RESOLUTION_FIRST and clock.why_void is None:
                continue
            if clock.kind is ClockKind.RESOLUTION_TOTAL and not self._is_last(clock):
                continue
            if clock.kind is ClockKind.RESOLUTION_TOTAL and clock.promise.on_reopen is OnReopen.RESTART:
                self._start(clock.kind, moment)
                return
            clock.resume(moment)

    def _is_last(self, clock: Running) -> bool:
        return all(other.ordinal <= clock.ordinal for other in self.clocks if other.kind is clock.kind)

    def _reopen_response(self, moment: datetime) -> None:
        last = self._last_response()
        if last is None or last.is_live or not self.fold.unanswered:
            return
        if last.why_void is not None and not last.is_final:
            last.resume(moment)
        elif last.stopped_by is None and not last.is_final:
            self._start(ClockKind.NEXT_RESPONSE, moment)


_SLEEPING = frozenset({Status.PENDING, Status.ON_HOLD})
_MOVES_TARGETS = frozenset({Kind.CHANGED})
_WHY_ENDED = {Kind.CLOSED: "closed", Kind.SPAMMED: "spam", Kind.MERGED: "merged"}
_HANDLERS: Mapping[Kind, Callable[[_Reading, Event], None]] = {
    Kind.CREATED: _Reading.created,
    Kind.ASKED: _Reading.asked,
    Kind.REPLIED: _Reading.replied,
    Kind.SENT: _Reading.replied,
    Kind.FAILED: _Reading.failed,
    Kind.DISMISSED: _Reading.dismissed,
    Kind.RESOLVED: _Reading.resolved,
    Kind.CLOSED: _Reading.ended,
    Kind.SPAMMED: _Reading.ended,
    Kind.MERGED: _Reading.ended,
    Kind.CORRECTED: _Reading.corrected,
}
