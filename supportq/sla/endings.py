"""The ends of a ticket, and how long it was in each status until then, while its history is read."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta

from supportq.model.ending import Ending, EndingKind, Waits
from supportq.model.event import Event, Kind
from supportq.model.fold import Fold
from supportq.model.ticket import ACTIVE, Status
from supportq.sla.clock import Holder
from supportq.sla.hours import between
from supportq.sla.pauses import seconds
from supportq.sla.terms import Promise

_Span = tuple[Status, datetime, datetime]


class Spells:
    """The spans that a ticket was in each active status, and its endings."""

    __slots__ = ("_endings", "_is_unknown", "_since", "_spans", "_status")

    def __init__(self) -> None:
        self._status: Status | None = None
        self._since: datetime
        self._spans: list[_Span] = []
        self._endings: list[Ending] = []
        self._is_unknown = False

    def pass_time(self, fold: Fold, now: datetime) -> None:
        """Note that a snooze has ended by itself."""
        if self._status is not None and fold.wake_at is not None and fold.status_on(now) is not self._status:
            self._enter(Status.OPEN, max(fold.wake_at, fold.state["status_at"]))

    def follow(self, fold: Fold, event: Event, promise: Promise, holder: Holder) -> None:
        """Take in the status that an event has left the ticket in."""
        was, now = self._status, fold.status
        if event.kind is Kind.RESOLVED and was is not None and was not in ACTIVE and self._endings:
            self._endings[-1] = replace(self._endings[-1], ended_at=fold.moment)
        if was is now:
            return
        self._enter(now, fold.moment)
        if was in ACTIVE and now not in ACTIVE:
            self._is_unknown = self._is_unknown or fold.is_unknown(event)
            self._add(self._ending(fold, event, promise, holder))
        elif was not in ACTIVE and now in ACTIVE and self._endings:
            self._endings[-1] = replace(self._endings[-1], reopened_at=fold.moment)

    def endings(self) -> tuple[Ending, ...]:
        """Return every ending so far."""
        return tuple(self._endings)

    def _add(self, ending: Ending) -> None:
        """Take in an ending; the latest resolve is the last of them."""
        if ending.is_last:
            self._endings = [replace(before, is_last=False) if before.is_last else before for before in self._endings]
        self._endings.append(ending)

    def _enter(self, status: Status, moment: datetime) -> None:
        if self._status in ACTIVE:
            self._spans.append((self._status, self._since, moment))
        self._status, self._since = status, moment

    def _ending(self, fold: Fold, event: Event, promise: Promise, holder: Holder) -> Ending:
        is_resolve = fold.status is Status.RESOLVED
        return Ending(
            ticket_id=event.ticket_id,
            ordinal=len(self._endings) + 1,
            kind=EndingKind.MERGED if event.kind is Kind.MERGED else EndingKind(fold.status),
            ended_at=fold.moment,
            team=holder.team,
            assignee=holder.assignee,
            priority=holder.priority,
            line=fold.state.get("line", 1),
            hours=promise.hours.name,
            calendar=self._waits(promise.pause_on, lambda since, until: until - since),
            business=self._waits(promise.pause_on, lambda since, until: between(promise.hours, since, until)),
            is_first=is_resolve and not any(before.is_last for before in self._endings),
            is_last=is_resolve,
        )

    def _waits(self, pause_on: Collection[Status], lasting: Callable[[datetime, datetime], timedelta]) -> Waits | None:
        if self._is_unknown:
            return None
        spent = dict.fromkeys(ACTIVE, 0)
        for status, since, until in self._spans:
            spent[status] += seconds(lasting(since, until))
        return Waits(
            new_s=spent[Status.NEW],
            open_s=spent[Status.OPEN],
            pending_s=spent[Status.PENDING],
            on_hold_s=spent[Status.ON_HOLD],
            net_s=sum(s for status, s in spent.items() if status not in pause_on),
        )
