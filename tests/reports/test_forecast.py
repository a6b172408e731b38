import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from desks import same_screen
from queues import SETTINGS, new_queue
from reports.history import iter_stories, record, recorded, stories
from running import run

from supportq.reports._forecast import Slot, _chosen, _shortage
from supportq.statistics.seasons import HOURS, Day, naive
from supportq.statistics.staffing import agents_needed

BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 11, 20)
CALL = ("log", "Call", "-c", "ida@example.com", "-m", "hello", "--channel", "phone")


def told(queue: Path, *words: str, now: str = "2026-11-20T15:00:00Z") -> list[dict[str, Any]]:
    """Return what is expected, row by row."""
    rows: list[dict[str, Any]] = json.loads(run("report", "forecast", *words, "--json", queue=queue, now=now).out)
    return rows


def test_the_days_from_tomorrow_on_are_told_with_their_picture() -> None:
    same_screen("report_forecast", run("report", "forecast", queue=recorded(), terminal=True).out)


def test_hours_add_up_to_their_days() -> None:
    hours, days = (told(recorded(), "--by", by) for by in ("hour", "day"))

    assert [len(hours), len(days)] == [168, 7]
    for place, day in enumerate(days):
        assert sum(hour["expected"] for hour in hours[24 * place : 24 * place + 24]) == pytest.approx(
            day["expected"], abs=0.13
        )


def test_a_week_is_expected_as_a_plain_loop_over_its_history_says() -> None:
    days = [TODAY - timedelta(7 * 26) + timedelta(number) for number in range(7 * 26)]
    came = dict.fromkeys(days, 0)
    for story in stories():
        on = story.created_at.astimezone(BERLIN).date()
        if on in came and not _is_left_out(story):
            came[on] += 1
    means, recent, usual = {}, 0.0, 0.0
    for weekday in range(7):
        weights = {on: 0.5 ** ((TODAY - timedelta(1) - on).days // 7 / 6) for on in days if on.weekday() == weekday}
        means[weekday] = sum(weight * came[on] for on, weight in weights.items()) / sum(weights.values())
    for on in days:
        weight = 0.5 ** ((TODAY - timedelta(1) - on).days // 7 / 2)
        recent, usual = recent + weight * came[on], usual + weight * means[on.weekday()]

    for row in told(recorded()):
        weekday = date.fromisoformat(row["day"][4:]).weekday()
        assert row["expected"] == pytest.approx(means[weekday] * recent / usual, abs=0.006)


def _is_left_out(story: Any) -> bool:
    ended = any(deed.verb in {"spam", "merged"} for deed in story.deeds)
    return ended or all(deed.data.get("automatic") for deed in story.deeds)


def test_calls_tell_how_many_people_it_takes_and_how_much_work_comes(tmp_path: Path) -> None:
    queue = new_queue(tmp_path / "calls.db")
    for weeks in range(1, 6):
        at = datetime(2026, 11, 17, 9, 5, tzinfo=UTC) - timedelta(weeks=weeks - 1)
        for _ in range(5):
            assert run(*CALL, "--at", at.isoformat(), "--answered", "--resolve", "--spent", "3m", queue=queue).code == 0

    tuesday = next(row for row in told(queue, "--by", "hour", now="2026-11-24T20:00:00Z") if row["expected"] > 1)
    assert (tuesday["day"], tuesday["hour"]) == ("Tue 2026-12-01", "10:00")
    assert (tuesday["expected"], tuesday["live"], tuesday["work_s"]) == (5.0, 5.0, 5 * 180)
    assert tuesday["needed"] == agents_needed(5 * 180 / 3600, 180) == 2
    assert tuesday["duty_s"] == 2 * 3600
    assert tuesday["load"] == 900 / 7200


def test_a_holiday_is_expected_as_a_sunday_and_named(tmp_path: Path) -> None:
    settings = SETTINGS.replace('mon-fri = ["09:00-17:00"]', 'mon-fri = ["09:00-17:00"]\nholidays = ["2026-11-25"]')
    queue = record(iter_stories(300))
    (tmp_path / "settings.toml").write_text(settings)
    assert run("config", "apply", str(tmp_path / "settings.toml"), "--yes", queue=queue).code == 0
    rows = {row["day"]: row for row in told(queue)}

    assert [day for day, row in rows.items() if row["holiday"]] == ["Wed 2026-11-25"]
    assert rows["Wed 2026-11-25"]["expected"] == rows["Sun 2026-11-22"]["expected"]
    assert rows["Wed 2026-11-25"]["duty_s"] == 24 * 3600
    assert "holidays: 2026-11-25" in run("report", "forecast", "-f", "table", queue=queue).out


def test_work_that_comes_while_nobody_is_there_is_told_apart_from_what_is_too_much_for_those_who_are() -> None:
    duty = (timedelta(0), timedelta(hours=1), timedelta(hours=1))
    hours = [
        Slot(datetime(2026, 11, 20, hour, tzinfo=UTC), f"{hour}:00", expected, 0.0, (0, 0), there)
        for hour, (expected, there) in enumerate(zip((3.0, 2.0, 1.0), duty, strict=True))
    ]

    assert list(_shortage(hours, 2400)) == [
        "more work than hands in 1 hour: 1:00",
        "2h of work come while nobody is on duty",
    ]


def test_too_short_a_history_says_what_is_missing(tmp_path: Path) -> None:
    queue = new_queue(tmp_path / "empty.db")
    piped, shown = (run("report", "forecast", queue=queue, terminal=terminal) for terminal in (False, True))

    assert (piped.code, piped.out.count("\n"), shown.code) == (0, 1, 0)
    assert "it takes 4 whole weeks of arrivals, and 0 are known" in piped.err
    assert "it takes 4 whole weeks of arrivals, and 0 are known" in " ".join(shown.out.split())


def test_figures_depend_on_neither_the_order_of_import_nor_the_time_of_asking() -> None:
    first = list(iter_stories(300))
    one, other = record(first), record(reversed(first))
    cycle = ("report", "cycle", "--before", "2026-05..2026-07", "--after", "2026-08..2026-10", "--json")

    for words in (("report", "--json"), ("report", "forecast", "--json"), cycle):
        assert run(*words, queue=one).out == run(*words, queue=other).out
    assert run(*cycle, queue=one).out == run(*cycle, queue=one, now="2027-03-01T09:00:00Z").out


def test_where_the_mean_is_no_better_last_week_is_told_and_said_so() -> None:
    jump = [Day(day % 7, counts=(10.0 if day < 140 else 500.0,) * HOURS) for day in range(175)]
    chosen = _chosen(jump)

    assert chosen.method is naive
    assert chosen.words.startswith("last week, as the seasonal mean is no better: ")


def test_work_needs_enough_tickets_to_tell_it_by() -> None:
    assert "no work told: 0 tickets have it recorded" in run("report", "forecast", "-f", "md", queue=recorded()).out
