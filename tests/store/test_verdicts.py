"""What became of promises against the same counted out from values, on random histories."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any

from deeds import HISTORIES, History, a_worked_desk
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from queues import NOW, Bench

from supportq.model.clock import Cause, Clock, Standing
from supportq.model.ticket import Status, Ticket
from supportq.store.grouping import Span
from supportq.store.projected import read_clocks, read_tickets
from supportq.store.verdicts import iter_fates, iter_tickets

EVERY_TICKET = range(1, 40)
DAYS = st.integers(0, 9).map(lambda days: NOW + timedelta(hours=1) - timedelta(days=days))
SPANS = st.lists(DAYS, min_size=2, max_size=2, unique=True).map(sorted)

Verdict = tuple[Ticket, Clock, str, datetime]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(HISTORIES, SPANS)
def test_fates_are_those_of_the_clocks_decided_within_the_span(history: History, span: list[datetime]) -> None:
    with a_worked_desk(history) as bench:
        found = Counter[tuple[Any, ...]]()
        for *line, count in iter_fates(bench.queue, span_of(span)):
            found[tuple(line)] += count
        expected = Counter((clock.team, clock.kind.value, fate) for _, clock, fate, _ in verdicts(bench, *span))

    assert found == expected


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(HISTORIES, SPANS)
def test_a_ticket_is_met_when_every_decided_clock_of_it_was_and_counts_where_the_last_one_does(
    history: History, span: list[datetime]
) -> None:
    with a_worked_desk(history) as bench:
        found = {(team, fate): count for team, _, fate, count in iter_tickets(bench.queue, span_of(span))}
        fates: dict[int, list[tuple[datetime, str, str | None, str]]] = {}
        for ticket, clock, fate, decided_at in verdicts(bench, *span):
            if fate in {"met", "late", "retarget"}:
                fates.setdefault(ticket.id, []).append((decided_at, clock.kind.value, clock.team, fate))

    expected = Counter(
        (max(each, key=itemgetter(0, 1))[2], "met" if {fate for *_, fate in each} == {"met"} else "late")
        for each in fates.values()
    )
    assert found == expected


def span_of(moments: list[datetime]) -> Span:
    return Span(moments[0], moments[1], NOW, by=("team",))


def verdicts(bench: Bench, since: datetime, until: datetime) -> Iterator[Verdict]:
    tickets = read_tickets(bench.queue, EVERY_TICKET)
    for number, clocks in read_clocks(bench.queue, tickets).items():
        for clock in clocks:
            decided_at, fate = decided(tickets[number], clock, clocks)
            if since <= decided_at < until:
                yield tickets[number], clock, fate, decided_at


def decided(ticket: Ticket, clock: Clock, clocks: tuple[Clock, ...]) -> tuple[datetime, str]:
    """Return the moment that dates a clock, and what became of the promise by now."""
    is_late = clock.standing.is_live and clock.due_at is not None and clock.due_at < NOW
    if is_late or clock.standing is Standing.MISSED:
        return clock.breached_at or clock.due_at or NOW, (clock.cause or Cause.LATE).value
    decided_at = clock.stopped_at or NOW
    first = [each.soft for each in clocks if each.kind == "first_response"]
    if ticket.merged_into or ticket.status is Status.SPAM or (first and all(first)):
        return decided_at, "outside"
    if clock.why_void == "corrected":
        return decided_at, "corrected"
    return decided_at, "running" if clock.standing.is_live else clock.standing.value
