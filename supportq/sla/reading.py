"""A reading: the ticket and its clocks while a history is read."""

from collections.abc import Collection, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from supportq.model.clock import Clock, ClockKind
from supportq.model.customer import Customer
from supportq.model.event import Event, Kind
from supportq.model.fold import Fold
from supportq.model.ticket import Priority, Ticket
from supportq.sla.clock import Holder, Running
from supportq.sla.course import Route
from supportq.sla.endings import Spells
from supportq.sla.terms import Book, Promise, Promises, Terms

People = Mapping[int, Customer]
"""Customers by their ids."""

NOBODY: People = MappingProxyType({})


class End(NamedTuple):
    """When a ticket ended, whether it was resolved then, and the reply that went with it, if one did."""

    at: datetime
    is_resolve: bool
    reply: int | None


class Reading:
    """What is known after the events taken so far; the rules of each clock act on it.

    Settings that were applied between two events retarget the clocks that ran then. Promises are chosen by what was
    known of the customer at that event or version, whatever was learned since.
    """

    __slots__ = (
        "book",
        "clocks",
        "ends",
        "fold",
        "holder",
        "last_event",
        "people",
        "promises",
        "recorded_at",
        "replies",
        "route",
        "spells",
        "takes_back_end",
        "terms",
    )

    def __init__(self, book: Book, terms: Terms, people: People) -> None:
        self.book = book
        self.terms = terms
        self.people = people
        self.last_event = 0
        self.fold = Fold()
        self.route = Route()
        self.spells = Spells()
        self.clocks: list[Running] = []
        self.replies: dict[int, Event] = {}
        self.ends: list[End] = []
        self.takes_back_end = False
        self.promises: Promises = {}
        self.holder = Holder(None, None, Priority.NORMAL)
        self.recorded_at: datetime | None = None

    def start(
        self, kind: ClockKind, moment: datetime, *, message: int | None = None, promise: Promise | None = None
    ) -> Running:
        """Start a clock, as the policy in force promises unless another promise is given."""
        ordinal = 1 + len(self.all((kind,)))
        clock = Running(
            kind, ordinal, moment, promise or self.promises[kind], self.terms.settings_id, message, promise is not None
        )
        self.clocks.append(clock)
        return clock

    def all(self, kinds: Collection[ClockKind]) -> list[Running]:
        """Return the clocks of some kinds in the order in which they started."""
        return [clock for clock in self.clocks if clock.kind in kinds]

    def find_live(self, kinds: Collection[ClockKind]) -> Running | None:
        """Return the first clock of some kinds that has not stopped."""
        return next((clock for clock in self.clocks if clock.kind in kinds and clock.is_live), None)

    def hear(self, event: Event) -> None:
        """Keep what replies were written, and note whether one that never arrived takes the ticket's end back."""
        if event.kind in _WRITING:
            self.replies[event.data["message"]] = event
        ended_with = self.ends[-1].reply if self.ends else None
        self.takes_back_end = event.kind in _TAKING_BACK and event.data["message"] == ended_with

    def reply_with(self, event: Event) -> int | None:
        """Return the reply that was written by the same command as an event, if one was."""
        same = (event.change_id, event.at)
        return next((reply for reply, written in self.replies.items() if (written.change_id, written.at) == same), None)

    def resume(self, clock: Running) -> None:
        """Let a clock go on that the end of the ticket had stopped.

        The time in between doesn't count, but where the customer never heard of that end.
        """
        clock.go_on(shut_until=None if self.takes_back_end else self.fold.moment)
        self._follow(clock, self.fold.moment, self.holder)

    def restore(self, clock: Running, moment: datetime) -> None:
        """Let a clock go on from its old start, as if it had never stopped."""
        clock.go_on()
        self._follow(clock, moment, self.holder)

    def _follow(self, clock: Running, moment: datetime, held: Holder) -> None:
        clock.observe(moment, held)
        clock.retarget(self.promises[clock.kind], self.terms.settings_id, moment, self.holder, held)

    def pass_time(self, event: Event) -> None:
        """Note what time alone has broken by the event.

        What was broken when the event was recorded had been seen by then, even if the event happened before that;
        events recorded at once are taken as if each had been recorded when it happened.
        """
        now = event.at if event.recorded_at == self.recorded_at else event.recorded_at
        self.recorded_at = event.recorded_at
        for clock in self.clocks:
            clock.observe(now, self.holder)

    def follow_settings(self, settings_id: int) -> None:
        """Go on by the settings of a version, through all that were in force in between."""
        if self.book.origin(settings_id) <= self.terms.settings_id:
            return
        for version in self.book.between(self.terms.settings_id, settings_id):
            self.terms = self.book.terms(version)
            self.last_event = max(self.last_event, self.terms.last_event)
            if self.terms.takes_back is not None:
                for clock in self.clocks:
                    clock.take_back(self.terms.takes_back)
            if self.fold.exists:
                self.retarget(self.terms.applied_at)
                self.pause(self.terms.applied_at)

    def retarget(self, moment: datetime) -> None:
        """Choose the policy anew and let the running clocks follow it."""
        ticket = self.fold.value()
        self.promises = self.terms.promises(self.terms.policy_for(ticket, self._customer(ticket)), ticket.priority)
        held, self.holder = self.holder, Holder(ticket.team, ticket.assignee, ticket.priority)
        for clock in self.clocks:
            self._follow(clock, moment, held)

    def _customer(self, ticket: Ticket) -> Customer | None:
        known = self.people.get(ticket.customer_id or 0)
        return known and known.as_of(self.last_event)

    def pause(self, moment: datetime) -> None:
        """Pause the clocks that the ticket's status pauses, let the others count."""
        status = self.fold.status_on(moment)
        for clock in self.clocks:
            if clock.stopped_at is None and status in clock.promise.pause_on:
                clock.pause(moment, status.value, self.fold.wake_at)
            elif clock.paused_at is not None:
                clock.unpause(moment)

    def ticket_and_clocks(self) -> tuple[Ticket, tuple[Clock, ...]]:
        """Return the ticket and every clock that promises something or did; those that run by the latest settings."""
        self.follow_settings(self.book.latest_id)
        ticket = self.fold.value()
        promising = [clock for clock in self.clocks if clock.is_promise]
        return ticket, tuple(clock.value(ticket, self._terms_of(clock), self.holder) for clock in promising)

    def _terms_of(self, clock: Running) -> Terms:
        return self.terms if clock.is_live else self.book.terms(clock.settings_id)


_WRITING = frozenset({Kind.REPLIED, Kind.QUEUED})
_TAKING_BACK = frozenset({Kind.FAILED, Kind.CANCELLED})
