"""Business hours asked about."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from queues import SETTINGS, new_queue
from running import run

from supportq.errors import ExitCode
from supportq.settings.check import check
from supportq.work.hours import after, open_span, within

OFFICE = check(SETTINGS).settings.hours["office"]


@pytest.fixture
def queue(tmp_path: Path) -> Path:
    return new_queue(tmp_path / "desk.db")


def test_the_end_of_a_span_is_shown_with_the_intervals_that_make_it(queue: Path) -> None:
    shown = run("hours", "add", "office", "now", "2wd", "--tz", "Europe/Berlin", queue=queue, terminal=True).out

    assert "Until      Tue 16:00" in shown
    assert [line.split()[-1] for line in shown.splitlines()[-3:]] == ["1h", "8h", "7h"]


def test_one_row_answers_a_script(queue: Path) -> None:
    answer = run("hours", "add", "office", "2026-11-20T15:00:00Z", "2h", "-f", "tsv", "-c", "end", queue=queue)

    assert answer.out == "end\n2026-11-23T09:00:00Z\n"


def test_open_time_between_two_moments_adds_up_for_programs(queue: Path) -> None:
    record = json.loads(run("hours", "between", "office", "2026-11-19", "2026-11-21", "--json", queue=queue).out)

    assert record["open_s"] == 2 * 8 * 3600 == sum(interval["open_s"] for interval in record["intervals"])


def test_moments_in_the_wrong_order_are_refused_with_the_right_one(queue: Path) -> None:
    refused = run("hours", "between", "office", "2026-11-21", "2026-11-19", queue=queue)

    assert refused.code == ExitCode.USAGE
    assert 'supportq hours between office "2026-11-19" "2026-11-21"' in refused.err


def test_the_heading_names_the_zone_of_the_times_below_it(queue: Path) -> None:
    shown = run("hours", "add", "office", "now", "2h", "--tz", "UTC", queue=queue, terminal=True).out

    assert shown.startswith("Open time of office (Europe/Berlin), in times of UTC")


def test_unknown_hours_are_refused_with_the_nearest(queue: Path) -> None:
    refused = run("hours", "add", "ofice", "now", "2h", queue=queue)

    assert refused.code == ExitCode.USAGE
    assert "did you mean office?" in refused.err


def test_moments_that_no_timetable_covers_are_refused(queue: Path) -> None:
    assert run("hours", "between", "office", "2026-01-01", "2300-01-01", queue=queue).code == ExitCode.FAILED


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(  # noqa: DTZ001 - made aware at once
    lambda moment: moment.replace(tzinfo=UTC, microsecond=0)
)


@given(start=MOMENTS, hours=st.integers(1, 200))
def test_what_is_added_lies_between(start: datetime, hours: int) -> None:
    found = after(OFFICE, start, timedelta(hours=hours))

    assert within(OFFICE, found.start, found.end) == found


@pytest.mark.parametrize(("text", "hours"), [("2wd", 16), ("1wd 4wh", 12), ("90m", 1.5), ("1d", 24)])
def test_open_time_is_written_in_hours_or_working_days(text: str, hours: float) -> None:
    assert open_span(text, OFFICE) == timedelta(hours=hours)
