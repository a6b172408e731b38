from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from deeds import HISTORIES, History, a_worked_desk
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from queues import NOW, Bench, a_queue, ago
from reports.asked import rows_of

from supportq.model.event import Kind, in_force
from supportq.model.fold import fold
from supportq.model.ticket import ACTIVE
from supportq.reports import Question
from supportq.reports.backlog import build, iter_active
from supportq.store.histories import read_histories

SOON = st.integers(0, 200).map(lambda hours: ago(hours=hours))


def asked(until: datetime, *by: str, since: datetime = ago(days=30)) -> Question:  # noqa: B008 - a moment never changes
    return Question(since, until, NOW, NOW.tzinfo, by)  # type: ignore[arg-type]


def count_at(bench: Bench, moment: datetime) -> int:
    return sum(row["n"] for row in rows_of(build(bench.queue, asked(moment))))


def test_the_backlog_of_any_moment_follows_from_the_history(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        number = bench.ask("Resolved, opened again, spam at last", ago(days=8))
        bench.record(number, ago(days=6), Kind.RESOLVED)
        bench.record(number, ago(days=4), Kind.REOPENED)
        bench.record(number, ago(days=2), Kind.SPAMMED)

        assert [count_at(bench, ago(days=days)) for days in (9, 7, 5, 3, 1)] == [0, 1, 0, 1, 0]


def test_what_was_undone_never_was(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        number = bench.ask("Resolved by mistake", ago(days=8))
        bench.record(number, ago(days=6), Kind.RESOLVED)
        bench.record(number, ago(days=5), Kind.UNDONE, change=3)

        assert count_at(bench, ago(days=5, hours=12)) == 1


def test_tickets_count_under_the_team_that_held_them_then(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        number = bench.ask("Wandering", ago(days=8), team="sales")
        bench.record(number, ago(days=4), Kind.CHANGED, team="technical")
        earlier, today = (rows_of(build(bench.queue, asked(at, "team"))) for at in (ago(days=5), NOW))

    assert [(row["team"], row["n"]) for row in earlier] == [("sales", 1)]
    assert [(row["team"], row["n"]) for row in today] == [("technical", 1)]


@pytest.mark.parametrize(
    ("days", "group"), [(0.9, "under_1d"), (1, "1_to_3d"), (3, "3_to_7d"), (7, "7_to_30d"), (30, "over_30d")]
)
def test_an_age_belongs_to_one_group(tmp_path: Path, days: float, group: str) -> None:
    with a_queue(tmp_path) as bench:
        bench.ask("Waiting", ago(days=days))
        (row,) = rows_of(build(bench.queue, asked(NOW)))

    assert (row["n"], row[group], row["oldest"]) == (1, 1, NOW - ago(days=days))


def test_each_day_is_looked_at_as_it_ended(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        number = bench.ask("Two nights", ago(days=3))
        bench.record(number, ago(days=1), Kind.RESOLVED)
        rows = rows_of(build(bench.queue, asked(NOW, "day", since=ago(days=4))))

    assert [(row["day"], row["n"]) for row in rows] == [
        ("2026-11-16", 0),
        ("2026-11-17", 1),
        ("2026-11-18", 1),
        ("2026-11-19", 0),
        ("2026-11-20", 0),
    ]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(HISTORIES)
def test_a_series_tells_what_its_moments_tell_one_by_one(history: History) -> None:
    with a_worked_desk(history) as bench:
        days = rows_of(build(bench.queue, asked(NOW, "day", since=ago(days=9))))
        alone = [rows_of(build(bench.queue, asked(midnight(row["day"]))))[0] for row in days]

        assert days == [{"day": row["day"], **told} for row, told in zip(days, alone, strict=True)]


def midnight(day: str) -> datetime:
    """Return the end of a day, which is NOW for the last."""
    return min(NOW, datetime.fromisoformat(f"{day}T00:00:00Z") + timedelta(days=1))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(HISTORIES, st.lists(SOON, min_size=40, max_size=40), st.lists(SOON, min_size=3, unique=True).map(sorted))
def test_what_was_recorded_late_is_taken_in_where_it_was_recorded(
    history: History, happened_at: list[datetime], moments: list[datetime]
) -> None:
    with a_worked_desk(history) as bench:
        histories = read_histories(bench.queue.connection, range(1, 6)).values()
    for created, *others in filter(in_force, histories):
        events = [created, *(replace(e, at=max(at, created.at)) for e, at in zip(others, happened_at, strict=False))]
        last = max(event.at for event in in_force(events))
        told = ((at, fold([event for event in in_force(events) if event.at <= at])) for at in moments if at < last)
        active = [(moments[place], ticket) for place, ticket in iter_active(events, moments)]

        assert active == [(at, it) for at, it in told if it and it.status in ACTIVE]
