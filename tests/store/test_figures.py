"""Figures against the same ones counted out from values, on random histories."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from deeds import HISTORIES, History, a_worked_desk
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from queues import NOW, Bench

from supportq.model.clock import Clock, Standing
from supportq.store.figures import Span, iter_verdicts
from supportq.store.projected import read_clocks, read_tickets
from supportq.store.scope import EVERYTHING

EVERY_TICKET = range(1, 40)
DAYS = st.integers(0, 9).map(lambda days: NOW + timedelta(hours=1) - timedelta(days=days))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(HISTORIES, st.lists(DAYS, min_size=2, max_size=2, unique=True).map(sorted))
def test_verdicts_are_those_of_the_clocks_decided_within_the_span(history: History, span: list[datetime]) -> None:
    since, until = span
    with a_worked_desk(history) as bench:
        found = Counter(
            (each.ticket_id, each.kind, each.standing)
            for each in iter_verdicts(bench.queue, Span(since, until, NOW, EVERYTHING))
        )
        expected = Counter(
            (clock.ticket_id, clock.kind.value, standing)
            for clock in clocks_of(bench)
            for decided_at, standing in [verdict_on(clock)]
            if since <= decided_at < until
        )

    assert found == expected


def clocks_of(bench: Bench) -> Iterator[Clock]:
    there = read_tickets(bench.queue, EVERY_TICKET)
    for clocks in read_clocks(bench.queue, there).values():
        yield from clocks


def verdict_on(clock: Clock) -> tuple[datetime, str]:
    """Return the moment that dates a clock, and what became of the promise by now."""
    is_late = clock.standing.is_live and clock.due_at is not None and clock.due_at < NOW
    if is_late or clock.standing is Standing.MISSED:
        return clock.breached_at or clock.due_at or NOW, "missed"
    return clock.stopped_at or NOW, "running" if clock.standing.is_live else clock.standing.value
