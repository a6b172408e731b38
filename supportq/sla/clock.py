"""One clock while a history is read: it starts, pauses, is retargeted, breaches and stops."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from supportq.model.clock import Cause, Clock, ClockKind, Pause, Standing
from supportq.model.ticket import Priority
from supportq.sla.hours import Hours, add, between
from supportq.sla.terms import Promise, Terms


@dataclass(frozen=True, slots=True)
class Holder:
    """Who had the ticket at a moment; figures are counted there."""

    team: str | None
    assignee: str | None
    priority: Priority


def due_moment(hours: Hours, start: datetime, target: timedelta, pauses: list[Pause]) -> datetime | None:
    """Return when `target` of open time outside the pauses is over; None if an endless pause comes first."""
    left = target
    for pause in pauses:
        span = between(hours, start, pause.since)
        if span >= left:
            break
        if pause.until is None:
            return None
        left -= span
        start = max(start, pause.until)
    return add(hours, start, left)


@dataclass(slots=True, eq=False)
class Running:
    """A clock that is being folded."""

    kind: ClockKind
    ordinal: int
    started_at: datetime
    promise: Promise
    settings_id: int
    soft: bool = False
    pauses: list[Pause] = field(default_factory=list)
    paused_at: datetime | None = None
    paused_why: str = ""
    wakes_at: datetime | None = None
    standing: Standing = Standing.RUNNING
    stopped_at: datetime | None = None
    stopped_by: int | None = None
    breached_at: datetime | None = None
    cause: Cause | None = None
    why_void: str | None = None
    is_final: bool = False
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
    def due_at(self) -> datetime | None:
        """Return when it is due by what is known so far."""
        if not self._is_due_known:
            self._due = self._compute_due(self.promise.target_s)
            self._is_due_known = True
        return self._due

    def _compute_due(self, target_s: float | None) -> datetime | None:
        if target_s is None:
            return None
        return due_moment(self.promise.hours, self.started_at, timedelta(seconds=target_s), self._spans())

    def risk_at(self, fraction: float) -> datetime | None:
        """Return when that fraction of the target is used up."""
        return None if self.promise.target_s is None else self._compute_due(int(self.promise.target_s * fraction))

    def _spans(self) -> list[Pause]:
        if self.paused_at is None:
            return self.pauses
        return [*self.pauses, Pause(self.paused_at, self.wakes_at, self.paused_why)]

    def _moved(self) -> None:
        if self.breached_at is None:
            self._is_due_known = False

    def observe(self, now: datetime, holder: Holder) -> None:
        """Note a breach that time alone has brought by `now`."""
        if self.is_live and self.breached_at is None and self.due_at is not None and self.due_at < now:
            self.breached_at, self.cause, self.holder = self.due_at, Cause.LATE, holder

    def retarget(self, promise: Promise, settings_id: int, now: datetime, holder: Holder) -> None:
        """Follow a change of priority, team or settings; what is breached stays as it was."""
        if not self.is_live or self.breached_at is not None or self.soft:
            return
        if promise == self.promise:
            self.settings_id = settings_id
            return
        self.promise, self.settings_id = promise, settings_id
        self._moved()
        if self.due_at is not None and self.due_at < now:
            self.breached_at, self.cause, self.holder = max(now, self.started_at), Cause.RETARGET, holder

    def pause(self, moment: datetime, why: str, wakes_at: datetime | None) -> None:
        """Stop counting from `moment`, until `wakes_at` where that is known."""
        if self.paused_at is not None and why != self.paused_why:
            self.unpause(moment)
        if self.paused_at is None:
            self.paused_at, self.paused_why = max(moment, self.started_at), why
        self.wakes_at = wakes_at
        self._moved()

    def unpause(self, moment: datetime) -> None:
        """Count again from `moment`."""
        if self.paused_at is None:
            return
        if moment > self.paused_at:
            self.pauses.append(Pause(self.paused_at, moment, self.paused_why))
        self.paused_at = self.wakes_at = None
        self._moved()

    def stop(self, moment: datetime, holder: Holder) -> None:
        """End as met, or as missed when the due moment had passed at `moment`."""
        self._end(moment, holder)
        self.standing = Standing.MISSED if self.breached_at is not None else Standing.MET

    def void(self, moment: datetime, why: str, holder: Holder, *, is_final: bool = False) -> None:
        """End without a verdict, unless the due moment had passed: then it is missed."""
        self._end(moment, holder)
        self.is_final = is_final
        self.standing, self.why_void = (Standing.MISSED, None) if self.breached_at is not None else (Standing.VOID, why)

    def correct(self, moment: datetime, holder: Holder) -> None:
        """End without a verdict for good, whatever had happened."""
        if self.is_live:
            self._end(moment, holder)
        self.standing, self.why_void, self.is_final = Standing.VOID, "corrected", True
        self.breached_at = self.cause = None

    def unknown(self, moment: datetime, holder: Holder) -> None:
        """End without data: nobody recorded what happened."""
        self._end(moment, holder)
        self.standing, self.is_final = Standing.NO_DATA, True
        self.breached_at = self.cause = None

    def _end(self, moment: datetime, holder: Holder) -> None:
        moment = max(moment, self.started_at)
        if self.breached_at is not None and self._was_in_time(moment):
            self.breached_at = self.cause = None
        self.observe(moment, holder)
        self.unpause(moment)
        self.stopped_at = moment
        if self.breached_at is None:
            self.holder = holder

    def _was_in_time(self, moment: datetime) -> bool:
        """Tell whether something recorded late shows that the promise was kept before it was broken."""
        if self.cause is Cause.LATE:
            return self.breached_at is not None and moment <= self.breached_at
        return self.breached_at is not None and moment < self.breached_at

    def resume(self, moment: datetime) -> None:
        """Go on after a stop that was taken back; the span in between doesn't count."""
        if self.stopped_at is not None and moment > self.stopped_at:
            self.pauses.append(Pause(self.stopped_at, moment, "closed"))
        self._go_on()

    def restore(self) -> None:
        """Go on from the old start, as if it had never stopped."""
        self._go_on()

    def _go_on(self) -> None:
        self.stopped_at = self.stopped_by = self.why_void = None
        self.standing = Standing.RUNNING
        self.live = self.late_recorded = False
        self._moved()

    def value(self, ticket_id: int, terms: Terms, holder: Holder, *, alarms: bool) -> Clock:
        """Return the clock as a value, as of the last event."""
        held = self.holder or holder
        spans = tuple(self._spans())
        measured = self.stopped_at is not None and self.standing is not Standing.NO_DATA
        return Clock(
            ticket_id=ticket_id,
            kind=self.kind,
            ordinal=self.ordinal,
            standing=Standing.PAUSED if self.is_live and self.paused_at is not None else self.standing,
            started_at=self.started_at,
            target_s=self.promise.target_s or 0,
            due_at=None if self.standing is Standing.NO_DATA else self.due_at,
            risk_at=self.risk_at(terms.warn_fraction) if self.is_live else None,
            policy=self.promise.policy,
            hours=self.promise.hours.name,
            settings_id=self.settings_id,
            team=held.team,
            assignee=held.assignee,
            priority=held.priority,
            remaining_s=self._remaining_s() if self.is_live and self.due_at is None else None,
            stopped_at=self.stopped_at,
            breached_at=self.breached_at,
            cause=self.cause,
            why_void=self.why_void,
            elapsed_s=self._elapsed_s() if measured else None,
            business_s=self._business_s() if measured else None,
            paused_s=sum(_seconds(p) for p in spans if p.why != "closed") if measured else None,
            pauses=spans,
            soft=self.soft,
            live=self.live,
            late_recorded=self.late_recorded,
            alarms=alarms,
        )

    def counted(self, until: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the spans outside all pauses, from the start until a moment."""
        since = self.started_at
        for pause in self._spans():
            if pause.since > since:
                yield since, min(pause.since, until)
            if pause.until is None or pause.until >= until:
                return
            since = max(since, pause.until)
        if until > since:
            yield since, until

    def _business_s(self) -> int:
        end = self.stopped_at or self.started_at
        return sum(int(between(self.promise.hours, a, b).total_seconds()) for a, b in self.counted(end))

    def _remaining_s(self) -> int | None:
        if self.promise.target_s is None or self.paused_at is None:
            return None
        used = sum(int(between(self.promise.hours, a, b).total_seconds()) for a, b in self.counted(self.paused_at))
        return self.promise.target_s - used

    def _elapsed_s(self) -> int:
        end = self.stopped_at or self.started_at
        closed = sum(_seconds(pause) for pause in self.pauses if pause.why == "closed")
        return int((end - self.started_at).total_seconds()) - closed


def _seconds(pause: Pause) -> int:
    return 0 if pause.until is None else int((pause.until - pause.since).total_seconds())
