import json
import random
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from statistics import median_low
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from desks import same_screen
from hypothesis import given
from hypothesis import strategies as some
from queues import new_queue
from reports.history import recorded, stories
from running import run

from supportq.model.table import Kind
from supportq.reports._cycle import Measure, Measured, Verdict, of_median, of_share, verdict
from supportq.reports._spread import Durations
from supportq.statistics.intervals import difference

BERLIN = ZoneInfo("Europe/Berlin")
PERIODS = ("--before", "2026-05..2026-07", "--after", "2026-08..2026-10")


def told(queue: Path, *words: str) -> dict[str, dict[str, Any]]:
    """Return a cycle by measure."""
    return {row["measure"]: row for row in json.loads(run("report", "cycle", *words, "--json", queue=queue).out)}


def test_two_periods_stand_beside_each_other() -> None:
    same_screen("report_cycle", run("report", "cycle", *PERIODS, queue=recorded(), terminal=True).out)


def test_arrivals_are_those_of_a_day_on_average_that_plain_loops_find() -> None:
    row = told(recorded(), *PERIODS)["came_in_a_day"]
    found = []
    for first, last in pairwise(datetime(2026, month, 1, tzinfo=BERLIN) for month in (5, 8, 11)):
        came = 0
        for story in stories():
            verbs = {deed.verb for deed in story.deeds}
            came += first <= story.created_at < last and not (verbs & {"spam", "merged"} or _is_automatic(story.deeds))
        found.append((came / (last.date() - first.date()).days, came))

    assert [(row["before"], row["n_before"]), (row["after"], row["n"])] == found


def _is_automatic(deeds: Any) -> bool:
    return all(deed.data.get("automatic") for deed in deeds)


def test_figures_are_those_of_the_reports() -> None:
    queue = recorded()
    row = told(queue, *PERIODS)["promises_kept"]
    words = ("report", "sla", "--since", "2026-08", "--until", "2026-10", "--json")
    whole = next(each for each in json.loads(run(*words, queue=queue).out) if each["clock"] == "every_clock")

    assert (row["after"], row["n"]) == (whole["rate"], whole["n"])


def test_a_figure_stays_where_its_selector_puts_it() -> None:
    parts = [
        told(recorded(), *PERIODS, "--where", f"team:{team}")["promises_kept"]["n"]
        for team in ("sales", "technical", "none")
    ]

    assert sum(parts) == told(recorded(), *PERIODS)["promises_kept"]["n"]


def test_an_empty_queue_has_no_data(tmp_path: Path) -> None:
    found = told(new_queue(tmp_path / "empty.db"), *PERIODS)

    assert {row["verdict"] for name, row in found.items() if not name.endswith(("_a_day", "_at_end"))} == {"no data"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "which period is --before?"),
        (("--before", "2026-08", "--after", "2026-07"), "the two periods overlap"),
        (("--before", "2026-08", "--after", "2026-08-31..2026-09"), "the two periods overlap"),
        (("--before", "2026-08", "--after", "2027"), "2027 has not begun yet"),
    ],
)
def test_periods_that_cannot_be_compared_are_refused(words: tuple[str, ...], said: str) -> None:
    refused = run("report", "cycle", *words, queue=recorded())

    assert (refused.code, refused.out) == (2, "")
    assert said in refused.err


def test_what_is_good_depends_on_the_figure() -> None:
    def said(good: int, now: Measured, before: Measured) -> Verdict:
        estimates = now.estimate, before.estimate
        change = difference(*estimates) if all(estimates) else None  # type: ignore[arg-type]
        return verdict(Measure("rate", Kind.RATE, good), now, before, change)

    most, few = of_share(90, 100), of_share(50, 100)
    assert [said(good, most, few) for good in (1, -1, 0)] == [Verdict.BETTER, Verdict.WORSE, Verdict.MORE]
    assert [said(good, few, most) for good in (1, -1, 0)] == [Verdict.WORSE, Verdict.BETTER, Verdict.LESS]
    assert said(1, of_share(9, 10), of_share(8, 10)) is Verdict.UNCLEAR
    assert said(1, of_share(0, 0), most) is Verdict.NO_DATA
    assert said(1, of_median(Durations([5] * 5)), of_median(Durations([9] * 50))) is Verdict.TOO_FEW


@given(some.lists(some.integers(0, 10**6), min_size=1, max_size=60))
def test_a_median_lies_in_its_interval_whatever_the_order(values: list[int]) -> None:
    found = of_median(Durations(values))

    assert found == of_median(Durations(reversed(values)))
    assert found.value == median_low(values)
    assert found.estimate is None or found.estimate.low <= found.estimate.value <= found.estimate.high


def test_where_nothing_has_changed_a_change_is_seldom_told() -> None:
    chance = random.Random(7)  # noqa: S311 - the same numbers each time are wanted

    def times() -> Durations:
        return Durations(int(chance.lognormvariate(8, 1.5)) for _ in range(60))

    changes = [difference(*(of_median(times()).estimate for _ in range(2))) for _ in range(400)]  # type: ignore[arg-type]

    assert sum(not change.low <= 0 <= change.high for change in changes) <= 0.05 * len(changes)
