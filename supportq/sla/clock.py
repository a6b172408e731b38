"""One clock while a history is read: it starts, pauses, is retargeted, breaches, stops, and may go on again."""

from dataclasses import field, replace
from datetime import datetime

from supportq.model.clock import Cause, Clock, ClockKind, Pause, Standing, WhyVoid
from supportq.model.ticket import Priority, Ticket
from supportq.sla.pauses import before, due_moment, lasting_s, open_s, seconds
from supportq.sla.terms import Promise, Terms
from supportq.values import dataclass

SHUT = "closed"
"""Why the span between an end and a reopening doesn't count."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who had the ticket at a moment; figures are counted there."""

    team: str | None
    assignee: str | None
    priority: Priority


@dataclass(slots=True, eq=False)
class Running:
    """A clock that is being folded; `message` is the one it is about, `stopped_by` the reply that ended it.

    `lapsed` is the clock as it stood, void, while nothing is promised any more. What was without data has
    `imported_at`, when its ticket came from another desk.
    """

    kind: ClockKind
    ordinal: int
    started_at: datetime
    promise: Promise
    settings_id: int
    message: int | None = None
    soft: bool = False
    standing: Standing = Standing.RUNNING
    pauses: list[Pause] = field(default_factory=list)
    paused_at: datetime | None = None
    paused_why: str = ""
    wakes_at: datetime | None = None
    stopped_at: datetime | None = None
    stopped_by: int | None = None
    breached_at: datetime | None = None
    cause: Cause | None = None
    kept: tuple[Promise, int, Holder] | None = None
    lapsed: "Running | None" = None
    why_void: WhyVoid | None = None
    is_final: bool = False
    imported_at: datetime | None = None
    holder: Holder | None = None
    live: bool = False
    late_recorded: bool = False
    _due: datetime | None = None
    _is_due_known: bool = False

    @property
    def is_live(self) -> bool:
        """Tell whether it has not stopped."""
        return self.stopped_at is None

    @property
    def is_promise(self) -> bool:
        """Tell whether something is promised, or was before a change took the target away."""
        return self.promise.target_s is not None or self.lapsed is not None

    @property
    def can_go_on(self) -> bool:
        """Tell whether it ended without a verdict, and a reopening takes that back."""
        return self.standing is Standing.VOID and not self.is_final

    @property
    def due_at(self) -> datetime | None:
        """Return when it is due by what is known so far; a breach leaves that as it was."""
        if not self._is_due_known:
            self._due = self._used_up_at(self.promise.target_s)
            self._is_due_known = True
        return self._due

    def risk_at(self, fraction: float) -> datetime | None:
        """Return when that fraction of the target is used up; the due moment at the latest."""
        if self.promise.target_s is None or self.due_at is None or self.breached_at is not None:
            return self.due_at
        return self._used_up_at(int(self.promise.target_s * fraction))

    def _used_up_at(self, target_s: int | None) -> datetime | None:
        if target_s is None:
            return None
        return due_moment(self.promise.hours, self.started_at, target_s, self._spans())

    def _spans(self) -> list[Pause]:
        if self.paused_at is None:
            return self.pauses
        return [*self.pauses, Pause(self.paused_at, self.wakes_at, self.paused_why)]

    def _moved(self) -> None:
        if self.breached_at is None:
            self._is_due_known = False

    def observe(self, now: datetime, holder: Holder) -> None:
        """Note a breach that time alone has brought by `now`."""
        if (
            self.stopped_at is None
            and self.breached_at is None
            and (due_at := self.due_at) is not None
            and due_at < now
        ):
            self.breached_at, self.cause, self.holder = due_at, Cause.LATE, holder

    def retarget(self, promise: Promise, settings_id: int, now: datetime, holder: Holder, held: Holder) -> None:
        """Follow a change of priority, team or settings that came while it was `held`; a breach stays as it was."""
        if not self.is_live or self.breached_at is not None or self.soft:
            return
        if promise == self.promise:
            self.settings_id = settings_id
            return
        self.lapsed = (self.lapsed or self._lapse(now, held)) if promise.target_s is None else None
        earlier = self.promise, self.settings_id
        self.promise, self.settings_id = promise, settings_id
        self._moved()
        if self.due_at is not None and self.due_at < now:
            self.breached_at, self.cause, self.holder = now, Cause.RETARGET, holder
            self.kept = *earlier, held

    def _lapse(self, now: datetime, held: Holder) -> "Running | None":
        if self.promise.target_s is None:
            return None
        lapsed = replace(self, pauses=[*self.pauses])
        lapsed.void(now, WhyVoid.UNPROMISED, held)
        return lapsed

    def take_back(self, settings_id: int) -> None:
        """Forget the breach that a version of the settings alone had brought to a clock that still runs."""
        moved_by_it = self.kept is not None and self.settings_id == settings_id != self.kept[1]
        if self.is_live and self.cause is Cause.RETARGET and moved_by_it:
            self.holder = None
            self._forget_breach()

    def start_earlier(self, moment: datetime, message: int) -> None:
        """Count from a message that was asked before the one it started with, and recorded after it."""
        if self.breached_at is None:
            self.started_at, self.message = moment, message
            self._moved()

    def pause(self, moment: datetime, why: str, wakes_at: datetime | None) -> None:
        """Stop counting from `moment`, until `wakes_at` where that is known."""
        if self.paused_at is not None and (why != self.paused_why or self._has_woken(moment)):
            self.unpause(moment)
        if self.paused_at is None:
            self.paused_at, self.paused_why = max(moment, self.started_at), why
        elif wakes_at == self.wakes_at:
            return
        self.wakes_at = wakes_at
        self._moved()

    def unpause(self, moment: datetime) -> None:
        """Count again from `moment`, or from the end of the pause where that was known and is earlier."""
        if self.paused_at is None:
            return
        until = self.wakes_at if self.wakes_at is not None and self._has_woken(moment) else moment
        if until > self.paused_at:
            self.pauses.append(Pause(self.paused_at, until, self.paused_why))
        self.paused_at = self.wakes_at = None
        self._moved()

    def _has_woken(self, moment: datetime) -> bool:
        return self.wakes_at is not None and self.wakes_at <= moment

    def stop(self, moment: datetime, holder: Holder, *, by: int | None = None) -> None:
        """End as met, or as missed when the due moment had passed at `moment`.

        Of a breach that was found since then nothing stays: what was recorded late shows that the promise was kept.
        """
        self._end(moment, self._forget_breach_after(moment) or holder)
        self.stopped_by = by
        self.standing = Standing.MISSED if self.breached_at is not None else Standing.MET

    def void(self, moment: datetime, why: WhyVoid, holder: Holder, *, is_final: bool = False) -> None:
        """End without a verdict, unless the due moment had passed: then it is missed."""
        self._end(moment, holder)
        self.is_final = is_final
        self.standing, self.why_void = (Standing.MISSED, None) if self.breached_at is not None else (Standing.VOID, why)

    def correct(self, moment: datetime, holder: Holder) -> None:
        """End without a verdict for good, whatever had happened."""
        if self.lapsed is not None:
            self.lapsed.correct(moment, holder)
        if self.is_live:
            self._end(moment, holder)
        self.standing, self.why_void, self.is_final = Standing.VOID, WhyVoid.CORRECTED, True
        self.breached_at = self.cause = None

    def unknown(self, moment: datetime, holder: Holder) -> None:
        """End without data: nobody recorded what happened."""
        self._end(moment, holder)
        self.standing, self.is_final = Standing.NO_DATA, True
        self.breached_at = self.cause = self._due = None

    def put_right(self, moment: datetime) -> None:
        """Take back a breach that was found since a moment of which only a newer file told."""
        if self.is_live and self.breached_at is not None:
            held = self._forget_breach_after(moment)
            self.holder = held if self.breached_at is None else self.holder

    def learn(self) -> None:
        """Go on as if it had never been without data."""
        if self.standing is Standing.NO_DATA:
            self.go_on()
            self.is_final = False

    def _forget_breach_after(self, moment: datetime) -> Holder | None:
        if self.breached_at is None or moment > self.breached_at:
            return None
        if self.cause is Cause.RETARGET and moment == self.breached_at:
            return None
        self.late_recorded = True
        return self._forget_breach()

    def _forget_breach(self) -> Holder | None:
        """Follow the promise again that a change had broken, and return who held the ticket under it."""
        self.breached_at = self.cause = None
        held: Holder | None = None
        if self.kept is not None:
            (self.promise, self.settings_id, held), self.kept = self.kept, None
        self._moved()
        return held

    def _end(self, moment: datetime, holder: Holder) -> None:
        self.stopped_at, self.why_void = None, None
        moment = max(moment, self.started_at)
        self.observe(moment, holder)
        self.unpause(moment)
        self.pauses = before(moment, self.pauses)
        self.stopped_at = moment
        if self.breached_at is None:
            self.holder = holder

    def go_on(self, *, shut_until: datetime | None = None) -> None:
        """Go on after a stop that was taken back; a span in which the ticket was shut doesn't count."""
        if shut_until is not None and self.stopped_at is not None and shut_until > self.stopped_at:
            self.pauses.append(Pause(self.stopped_at, shut_until, SHUT))
        self.stopped_at = self.stopped_by = self.why_void = None
        self.standing = Standing.RUNNING
        self.live = self.late_recorded = False
        if self.breached_at is None:
            self.holder = None
        self._moved()

    def value(self, ticket: Ticket, terms: Terms, holder: Holder) -> Clock:
        """Return the clock as a value, as of the last event."""
        if self.lapsed is not None:
            return self.lapsed.value(ticket, terms, holder)
        held = self.holder or holder
        due_at = self.due_at
        is_paused = self.paused_at is not None
        elapsed_s, business_s, paused_s = self._measured()
        return Clock(
            ticket_id=ticket.id,
            kind=self.kind,
            ordinal=self.ordinal,
            standing=Standing.PAUSED if is_paused else self.standing,
            started_at=self.started_at,
            target_s=self.promise.target_s or 0,
            due_at=due_at,
            risk_at=self.risk_at(terms.warn_fraction) if self.stopped_at is None else None,
            policy=self.promise.policy,
            hours=self.promise.hours.name,
            settings_id=self.settings_id,
            team=held.team,
            assignee=held.assignee,
            priority=held.priority,
            remaining_s=self._remaining_s() if is_paused and due_at is None else None,
            stopped_at=self.stopped_at,
            breached_at=self.breached_at,
            cause=self.cause,
            why_void=self.why_void,
            elapsed_s=elapsed_s,
            business_s=business_s,
            paused_s=paused_s,
            pauses=tuple(self._spans()),
            soft=self.soft,
            live=self.live,
            late_recorded=self.late_recorded,
            alarms=terms.enforce_from is None or ticket.created_at >= terms.enforce_from,
            answered=self.stopped_by is not None and not self.kind.is_resolution,
        )

    def _measured(self) -> tuple[int | None, int | None, int | None]:
        if self.stopped_at is None or self.standing is Standing.NO_DATA:
            return None, None, None
        paused_s = lasting_s(pause for pause in self.pauses if pause.why != SHUT)
        elapsed_s = seconds(self.stopped_at - self.started_at) - (lasting_s(self.pauses) - paused_s)
        return elapsed_s, open_s(self.promise.hours, self.started_at, self.stopped_at, self.pauses), paused_s

    def _remaining_s(self) -> int | None:
        if self.promise.target_s is None or self.paused_at is None:
            return None
        return self.promise.target_s - open_s(self.promise.hours, self.started_at, self.paused_at, self.pauses)
