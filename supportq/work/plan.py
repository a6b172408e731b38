"""Other promises tried on what really happened: how they would have been kept, had they always been in force."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field
from datetime import datetime

from supportq.model.clock import Clock, ClockKind, Standing
from supportq.model.ticket import Ticket
from supportq.settings.terms import terms_of
from supportq.settings.values import Settings
from supportq.sla.history import read_history
from supportq.sla.terms import Book
from supportq.store.queue import Queue
from supportq.store.scope import EVERYTHING, Scope
from supportq.store.touched import count_touched, iter_touched
from supportq.values import dataclass

_ONLY_VERSION = 1

Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """Settings to try on the promises that began since a moment, about the tickets in `scope`, seen at `now`."""

    settings: Settings
    since: datetime
    now: datetime
    scope: Scope = EVERYTHING


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a promise, by `standing`, and where it is counted; a running one that is late counts as missed."""

    kind: ClockKind
    standing: Standing
    team: str | None
    priority: str


@dataclass(frozen=True, slots=True)
class Trial:
    """The promises about one ticket as they were, and as they would have been.

    Of those that were missed, some would be `kept`, and others would be `gone`, since nobody would have made them.
    """

    ticket: Ticket
    was: Sequence[Fate]
    would: Sequence[Fate]
    missed: tuple[ClockKind, ...]
    kept: tuple[ClockKind, ...]
    gone: tuple[ClockKind, ...]

    @property
    def flips(self) -> bool:
        """Tell whether a promise would be missed that was not, or no longer be missed."""
        return bool(self.missed or self.kept or self.gone)


Group = tuple[str | None, str, ClockKind]
"""A team, a priority and a kind of clock."""


@dataclass(slots=True, eq=False)
class Tally:
    """How many promises there were of each standing, in every group, before and after, and which tickets flip."""

    was: Counter[tuple[Group, Standing]] = field(default_factory=Counter)
    would: Counter[tuple[Group, Standing]] = field(default_factory=Counter)
    tickets: int = 0
    flipping: list[int] = field(default_factory=list)

    def count(self, trial: Trial) -> None:
        """Take in what a trial found."""
        self.was.update(map(_counted, trial.was))
        self.would.update(map(_counted, trial.would))
        self.tickets += bool(trial.was or trial.would)
        if trial.flips:
            self.flipping.append(trial.ticket.id)

    @property
    def flips(self) -> int:
        """Return how many tickets would flip."""
        return len(self.flipping)

    @property
    def groups(self) -> set[Group]:
        """Return the groups in which something was counted."""
        return {group for group, _ in self.was.keys() | self.would.keys()}


def size_of(queue: Queue, plan: Plan) -> int:
    """Return how many tickets a plan has to look at."""
    queue.forget_early()
    return count_touched(queue, plan.since, plan.scope)


def trials(queue: Queue, plan: Plan, report: Report) -> Iterator[Trial]:
    """Yield what the settings of a plan would have made of each ticket; nothing is written, and little kept."""
    terms = terms_of(plan.settings, _ONLY_VERSION, plan.now)
    book = Book((_ONLY_VERSION,), lambda _: terms)
    queue.forget_early()
    for done, touched in enumerate(iter_touched(queue, plan.since, plan.scope), start=1):
        folded = read_history(touched.history, book, touched.people)
        if folded.ticket is not None:
            yield _trial(folded.ticket, touched.clocks, folded.clocks, plan)
        report(done, done)


def _trial(ticket: Ticket, was: Iterable[Clock], would: Iterable[Clock], plan: Plan) -> Trial:
    before, after = _fates(was, plan), _fates(would, plan)
    missed_before, missed_after = _missed(before), _missed(after)
    spared = missed_before - missed_after
    return Trial(
        ticket,
        list(before.values()),
        list(after.values()),
        missed=_kinds(missed_after - missed_before),
        kept=_kinds(spared & after.keys()),
        gone=_kinds(spared - after.keys()),
    )


_Start = tuple[ClockKind, datetime]


def _fates(clocks: Iterable[Clock], plan: Plan) -> dict[_Start, Fate]:
    """Return the fates of the promises that began in time; the same promise begins at the same moment in both."""
    return {
        (clock.kind, clock.started_at): Fate(clock.kind, _standing(clock, plan.now), clock.team, clock.priority)
        for clock in clocks
        if clock.started_at >= plan.since
    }


def _standing(clock: Clock, now: datetime) -> Standing:
    if not clock.standing.is_live:
        return clock.standing
    return Standing.MISSED if clock.breached_at is not None or clock.is_late(now) else Standing.RUNNING


def _missed(fates: dict[_Start, Fate]) -> set[_Start]:
    return {start for start, fate in fates.items() if fate.standing is Standing.MISSED}


def _kinds(starts: Iterable[_Start]) -> tuple[ClockKind, ...]:
    kinds = {kind for kind, _ in starts}
    return tuple(kind for kind in ClockKind if kind in kinds)


def _counted(fate: Fate) -> tuple[Group, Standing]:
    return (fate.team, fate.priority, fate.kind), fate.standing
