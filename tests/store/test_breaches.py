"""Looking for breaches: it changes nothing, and nothing is lost between two looks."""

from datetime import datetime, timedelta

from deeds import CURES, PROMISES, WORK, History, a_worked_desk, histories_of
from hypothesis import HealthCheck, given, settings
from queues import NOW, Bench

from supportq.model.clock import Clock, Level
from supportq.store.breaches import Lookout, Name, iter_breaches
from supportq.store.projected import read_clocks

FEW = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
EVERY = timedelta(minutes=20)
"""How often somebody looks in the five hours from one deed to the next."""

Found = dict[Name, datetime | None]


def look(bench: Bench, now: datetime, found: Found) -> None:
    """Look for breaches again and again until now, and note when each promise was broken."""
    for ago in range(15, -1, -1):
        at = now - ago * EVERY
        found |= {breach.name: breach.breached_at for breach in iter_breaches(bench.queue, Level.LATE, Lookout(at, at))}


def clocks(bench: Bench) -> dict[Name, Clock]:
    read = read_clocks(bench.queue, range(1, 40))
    return {(number, clock.kind, clock.ordinal): clock for number in read for clock in read[number]}


def broken(bench: Bench) -> Found:
    """Return when each promise was broken, as somebody finds it who looks for the first time."""
    return {
        name: clock.breached_at or clock.due_at
        for name, clock in clocks(bench).items()
        if clock.breached_at is not None or clock.is_late(NOW)
    }


@FEW
@given(histories_of(WORK | PROMISES))
def test_whoever_looks_all_the_time_finds_no_more_than_who_looks_once(history: History) -> None:
    found: Found = {}
    with a_worked_desk(history, lambda bench, at: look(bench, at, found)) as bench:
        look(bench, NOW, found)

        assert found.items() <= broken(bench).items()


@FEW
@given(histories_of(WORK | CURES | PROMISES))
def test_looking_changes_no_clock(history: History) -> None:
    with a_worked_desk(history, lambda bench, at: look(bench, at, {})) as watched, a_worked_desk(history) as unwatched:
        assert clocks(watched) == clocks(unwatched)
