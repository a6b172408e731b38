"""What holds for every history: breaches stay, nothing is laundered, nobody is left without a clock."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from builders import ALWAYS, promised, read, targets, weekdays
from hypothesis import given, settings
from hypothesis import strategies as st

from supportq.model.clock import Clock, ClockKind, Pause, Standing
from supportq.model.event import Event, Kind
from supportq.model.fold import fold
from supportq.model.ticket import Priority
from supportq.sla.history import Folded
from supportq.sla.pauses import due_moment, open_s
from supportq.sla.responses import RESPONSES

START = datetime(2026, 1, 12, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
OFFICE = weekdays("9-17")
VERSIONS = (
    promised(
        targets(
            team="sales", first="30m", next="1h", resolution="3h", update="2h", pause_on="resolution on_hold pending"
        ),
        targets(first="2h", urgent_first="10m", next="4h", low_next="2d", resolution="8h", urgent_resolution="1h"),
        hours=OFFICE,
    ),
    promised(
        targets(first="1h", next="1h", resolution="2h", pause_on="next on_hold", on_reopen="restart"), since="tue 12:00"
    ),
)

Said = tuple[Kind, dict[str, Any]]


def _say(*kinds: Kind, **data: st.SearchStrategy[Any]) -> st.SearchStrategy[Said]:
    return st.tuples(st.sampled_from(kinds), st.fixed_dictionaries({}, optional=data))


def _name(*kinds: Kind, **data: st.SearchStrategy[Any]) -> st.SearchStrategy[Said]:
    return st.tuples(st.sampled_from(kinds), st.fixed_dictionaries(data))


NUMBERS = st.integers(1, 12)
MINUTES = st.one_of(st.integers(0, 90), st.integers(0, 2_000))
WAKE_AT = st.integers(0, 5_000).map(lambda minutes: (START + minutes * MINUTE).isoformat())
STATUS = st.sampled_from(["open", "pending", "resolved"])
AUTHOR = st.sampled_from(["customer", "participant", "third_party"])
ASKED = _say(Kind.ASKED, automatic=st.booleans(), author=AUTHOR)
WORK = st.one_of(
    ASKED,
    ASKED,
    _say(Kind.REPLIED, Kind.QUEUED, status=STATUS, live=st.booleans()),
    _name(Kind.SENT, Kind.FAILED, Kind.UNSURE, Kind.CANCELLED, message=NUMBERS),
    _say(Kind.CHANGED, priority=st.sampled_from(Priority), team=st.sampled_from(["sales", None])),
    _say(Kind.WAITED, status=st.sampled_from(["pending", "on_hold"]), wake_at=WAKE_AT),
    _say(Kind.RESOLVED, Kind.CLOSED, Kind.SPAMMED, Kind.REOPENED, Kind.DISMISSED, Kind.NOTED),
)
REPAIRS = st.one_of(
    _name(Kind.UNDONE, Kind.REDONE, change=NUMBERS),
    _name(Kind.CORRECTED, clock=st.sampled_from(ClockKind)),
    _name(Kind.MERGED, into=st.just(2)),
)
KEEPING = frozenset({Kind.REPLIED, Kind.QUEUED, Kind.SENT, Kind.RESOLVED})


@st.composite
def histories(draw: st.DrawFn, work: st.SearchStrategy[Said] = WORK, *, all_late: bool = False) -> list[Event]:
    """Draw a ticket's events, each a change of its own, some recorded later than they happened.

    Only with `all_late` can that be what keeps a promise.
    """
    opened = draw(st.sampled_from([dict[str, Any](), {"by": "agent"}, {"no_data": True}]))
    created: Said = Kind.CREATED, {"channel": "email"} | opened
    told = [created, *draw(st.lists(work, max_size=12))]
    moment, events = START, []
    for number, (kind, data) in enumerate(told, start=1):
        moment += draw(MINUTES) * MINUTE
        is_late = number > 1 and (all_late or kind not in KEEPING) and draw(st.booleans())
        at = moment - draw(MINUTES) * MINUTE if is_late else moment
        events.append(Event(number, number, 1, kind, at, moment, "ann", 1, {"message": number, **data}))
    return events


def for_every(*drawn: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Callable[[int], None]]:
    """Check a property with a hundred examples, and with thousands by hand."""

    def as_test(check: Callable[..., None]) -> Callable[[int], None]:
        @pytest.mark.parametrize("examples", [100, pytest.param(5_000, marks=pytest.mark.long)])
        def test(examples: int) -> None:
            settings(max_examples=examples, deadline=None)(given(*drawn)(check))()

        return test

    return as_test


def read_at(now: datetime, events: list[Event]) -> Folded:
    """Read what was known at a moment, by the settings known then."""
    known = [event for event in events if event.recorded_at < now]
    return read(known, *(terms for terms in VERSIONS if terms.applied_at < now or terms is VERSIONS[0]))


def broken(folded: Folded, now: datetime) -> dict[tuple[ClockKind, int], datetime | None]:
    return {
        (clock.kind, clock.ordinal): clock.breached_at or clock.due_at
        for clock in folded.clocks
        if clock.breached_at is not None or clock.is_late(now)
    }


def live(clocks: tuple[Clock, ...], *kinds: ClockKind) -> list[Clock]:
    return [clock for clock in clocks if clock.kind in kinds and clock.standing.is_live]


@for_every(histories())
def test_a_breach_that_anybody_could_see_stays_with_its_moment(events: list[Event]) -> None:
    end = events[-1].recorded_at + timedelta(days=30)
    at_last = broken(read(events, *VERSIONS), end)

    for now in {event.recorded_at for event in events} | {VERSIONS[1].applied_at}:
        assert broken(read_at(now, events), now).items() <= at_last.items()


@for_every(histories())
def test_lowering_a_priority_erases_nothing(events: list[Event]) -> None:
    now = events[-1].recorded_at + MINUTE
    lowered = Event(99, 99, 1, Kind.CHANGED, now, now, "ann", 1, {"priority": Priority.LOW})

    assert broken(read(events, VERSIONS[0]), now).items() <= broken(read([*events, lowered], VERSIONS[0]), now).items()


@for_every(histories(all_late=True))
def test_an_unanswered_ticket_is_never_without_a_clock_nor_with_two(events: list[Event]) -> None:
    folded = read(events, *VERSIONS)
    ticket, running = folded.ticket, live(folded.clocks, *RESPONSES)

    assert ticket is not None
    assert len(running) <= 1
    assert running or ticket.unanswered_since is None or not ticket.status.is_active


@for_every(histories(all_late=True))
def test_an_active_ticket_has_a_total_resolution_that_runs_and_an_ended_one_has_nothing_that_does(
    events: list[Event],
) -> None:
    folded = read(events, *VERSIONS)

    assert folded.ticket is not None
    assert len(live(folded.clocks, ClockKind.RESOLUTION_TOTAL)) == folded.ticket.status.is_active
    assert folded.ticket.status.is_active or not live(folded.clocks, *ClockKind)


@for_every(histories(st.one_of(WORK, REPAIRS), all_late=True))
def test_every_verdict_agrees_with_its_moments(events: list[Event]) -> None:
    for clock in read(events, *VERSIONS).clocks:
        assert (clock.standing is Standing.MISSED) <= (clock.breached_at is not None)
        assert (clock.breached_at is None) == (clock.cause is None)
        assert clock.standing.is_live == (clock.stopped_at is None)
        if clock.standing is Standing.MET:
            assert clock.due_at is None or (clock.stopped_at or clock.started_at) <= clock.due_at
        if clock.elapsed_s is not None:
            assert 0 <= (clock.business_s or 0) <= clock.elapsed_s


@for_every(histories(st.one_of(WORK, REPAIRS), all_late=True))
def test_the_ticket_is_the_fold_of_its_history_whatever_was_promised(events: list[Event]) -> None:
    assert read(events, *VERSIONS).ticket == read(events, promised()).ticket == fold(events)


@for_every(histories(), st.integers(1, 5_000))
def test_time_alone_and_a_note_change_the_same(events: list[Event], minutes: int) -> None:
    now = events[-1].recorded_at + minutes * MINUTE
    note = Event(99, 99, 1, Kind.NOTED, now, now, "ann", 1, {"message": 99})
    quiet, noted = read(events, VERSIONS[0]), read([*events, note], VERSIONS[0])

    assert quiet.ticket is not None
    assert noted.ticket is not None
    assert quiet.ticket.status_on(now) == noted.ticket.status_on(now)
    assert [(clock.standing_on(now), clock.is_late(now), clock.due_at) for clock in quiet.clocks] == [
        (clock.standing_on(now), clock.is_late(now), clock.due_at) for clock in noted.clocks
    ]


@for_every(st.lists(st.tuples(st.integers(1, 60), st.integers(1, 600)), min_size=1, max_size=6))
def test_resolving_and_reopening_launders_nothing(spans: list[tuple[int, int]]) -> None:
    told = [(Kind.CREATED, 0), (Kind.ASKED, 0)]
    for minutes, shut in spans:
        told += [(Kind.RESOLVED, minutes), (Kind.REOPENED, shut)]
    moment, events = START, []
    for number, (kind, minutes) in enumerate([*told, (Kind.REPLIED, 1)], start=1):
        moment += minutes * MINUTE
        data = {"channel": "email", "message": number}
        events.append(Event(number, number, 1, kind, moment, moment, "ann", 1, data))

    first = next(clock for clock in read(events, promised(targets(first="2h"))).clocks if clock.kind in RESPONSES)

    assert (first.standing is Standing.MET) == (sum(minutes for minutes, _ in spans) + 1 <= 120)


@for_every(
    st.sampled_from([ALWAYS, OFFICE]),
    st.integers(1, 3_000),
    st.lists(st.tuples(st.integers(0, 600), st.integers(0, 2_000)), min_size=1, max_size=4),
    st.data(),
)
def test_a_longer_pause_never_makes_a_due_moment_earlier(
    hours: Any, target: int, spans: list[tuple[int, int]], data: st.DataObject
) -> None:
    def paused(which: int, more: int) -> list[Pause]:
        pauses, at = [], START
        for index, (gap, length) in enumerate(spans):
            since = at + gap * MINUTE
            at = since + length * MINUTE
            pauses.append(Pause(since, at + more * MINUTE * (index == which), "pending"))
        return pauses

    which, more = data.draw(st.integers(0, len(spans) - 1)), data.draw(st.integers(0, 3_000))
    due, later = (due_moment(hours, START, target * 60, paused(which, extra)) for extra in (0, more))

    assert due is not None
    assert later is not None
    assert due <= later
    assert open_s(hours, START, due, paused(which, 0)) == target * 60
