"""Other promises tried on what really happened."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from deeds import CURES, WORK, History, a_worked_desk, histories_of, promise
from hypothesis import given, settings
from queues import NOW, SETTINGS, Bench, a_queue, ago

from supportq.model.clock import ClockKind, Standing
from supportq.model.event import Kind
from supportq.model.ticket import Status
from supportq.settings.check import check
from supportq.work.config import apply
from supportq.work.plan import Plan, Tally, Trial, trials

FIRST, UPDATE = ClockKind.FIRST_RESPONSE, ClockKind.UPDATE
ONE_HOUR = SETTINGS.replace('normal = "2h"', 'normal = "1h"')
FOUR_HOURS = SETTINGS.replace('normal = "2h"', 'normal = "4h"')


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A queue whose tickets were answered after 90 minutes and after three hours, where two hours were promised."""
    with a_queue(tmp_path) as bench:
        for minutes in (90, 180):
            number = bench.ask("Yarn", ago(days=2))
            bench.reply(number, ago(days=2, minutes=-minutes))
        yield bench


def tried(bench: Bench, text: str, since: datetime = ago(days=30)) -> list[Trial]:  # noqa: B008
    plan = Plan(check(text).settings, since, NOW)
    return list(trials(bench.queue, plan, lambda _rows, _position: None))


def fates(bench: Bench, text: str, kind: ClockKind = FIRST) -> tuple[list[Standing], list[Standing]]:
    found = tried(bench, text)
    was = [fate.standing for trial in found for fate in trial.was if fate.kind is kind]
    would = [fate.standing for trial in found for fate in trial.would if fate.kind is kind]
    return was, would


def test_a_shorter_target_would_have_been_missed(bench: Bench) -> None:
    first, second = tried(bench, ONE_HOUR)

    assert (first.missed, first.kept) == ((FIRST,), ())
    assert not second.flips


def test_a_longer_target_would_have_been_kept(bench: Bench) -> None:
    assert fates(bench, FOUR_HOURS) == ([Standing.MET, Standing.MISSED], [Standing.MET, Standing.MET])


def test_a_holiday_that_was_entered_late_would_have_kept_promises(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        number = bench.ask("Yarn", ago(days=3), team="technical")
        bench.reply(number, ago(days=1))
        holidays = '["09:00-17:00"]\nholidays = ["2026-11-18", "2026-11-19"]'

        assert fates(bench, SETTINGS.replace('["09:00-17:00"]', holidays)) == ([Standing.MISSED], [Standing.MET])


def test_a_running_promise_that_is_late_counts_as_missed_and_one_in_time_as_running(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        bench.ask("Yarn", ago(hours=3))

        assert fates(bench, FOUR_HOURS) == ([Standing.MISSED], [Standing.RUNNING])


def test_a_promise_that_nobody_would_have_made_would_not_have_been_kept(tmp_path: Path) -> None:
    every_hour = SETTINGS.replace('resolution = "3d"', 'resolution = "3d"\nupdate = "1h"')
    with a_queue(tmp_path, every_hour) as bench:
        number = bench.ask("Yarn", ago(hours=5))
        bench.reply(number, ago(hours=4), status=Status.OPEN)
        (trial,) = tried(bench, SETTINGS)

    assert (trial.missed, trial.kept, trial.gone) == ((), (), (UPDATE,))
    assert trial.flips


def test_what_was_void_stays_void(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        number = bench.ask("Yarn", ago(hours=3))
        bench.record(number, ago(hours=2, minutes=30), Kind.SPAMMED)

        assert fates(bench, FOUR_HOURS) == ([Standing.VOID], [Standing.VOID])
        assert fates(bench, SETTINGS.replace('normal = "2h"', 'normal = "20m"'))[1] == [Standing.MISSED]


def test_a_promise_that_nobody_had_made_would_have_been_kept_or_missed_too(bench: Bench) -> None:
    bench.ask_again(1, ago(hours=30))
    bench.reply(1, ago(hours=2), status=Status.OPEN)
    updating = SETTINGS.replace('resolution = "3d"', 'resolution = "3d"\nupdate = "20h"\npause_on = { update = [] }')

    assert fates(bench, updating, UPDATE) == ([], [Standing.MISSED, Standing.RUNNING, Standing.MISSED])


def test_only_promises_that_began_in_the_period_count(bench: Bench) -> None:
    bench.ask_again(1, ago(hours=5))
    bench.reply(1, ago(hours=4))

    (only,) = tried(bench, ONE_HOUR, since=ago(hours=10))

    assert [fate.kind for fate in only.was] == [ClockKind.NEXT_RESPONSE]
    assert not only.flips


def test_the_settings_are_tried_as_if_they_had_always_been_in_force(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        number = bench.ask("Yarn", ago(hours=5))
        apply(bench.writer(ago(hours=4)), check(SETTINGS.replace('normal = "2h"', 'normal = "10m"')))
        bench.reply(number, ago(hours=4))

        assert fates(bench, SETTINGS) == ([Standing.MISSED], [Standing.MET])


def test_figures_count_where_the_ticket_was_held(bench: Bench) -> None:
    tally = Tally()
    for trial in tried(bench, ONE_HOUR):
        tally.count(trial)

    group = (None, "normal", FIRST)
    assert (tally.tickets, tally.flips) == (2, 1)
    assert (tally.was[group, Standing.MET], tally.would[group, Standing.MET]) == (1, 0)
    assert (tally.was[group, Standing.MISSED], tally.would[group, Standing.MISSED]) == (1, 2)


UNDER_ONE_PROMISE = histories_of((WORK | CURES).filter(lambda deed: getattr(deed, "func", None) is not promise))


@settings(max_examples=25, deadline=None)
@given(history=UNDER_ONE_PROMISE)
def test_the_settings_in_force_would_have_changed_nothing(history: History) -> None:
    with a_worked_desk(history) as bench:
        assert not [trial for trial in tried(bench, SETTINGS) if Counter(trial.was) != Counter(trial.would)]
