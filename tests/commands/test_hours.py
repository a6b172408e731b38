"""Business hours asked about."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from queues import SETTINGS, a_queue, ago, new_queue
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
    assert [line.split()[-2:] for line in shown.splitlines()[-3:]] == [["1h", "1h"], ["8h", "9h"], ["7h", "16h"]]


def test_one_row_answers_a_script(queue: Path) -> None:
    answer = run("hours", "add", "office", "2026-11-20T15:00:00Z", "2h", "-f", "tsv", "-c", "end", queue=queue)

    assert answer.out == "end\n2026-11-23T09:00:00Z\n"


def test_open_time_between_two_moments_adds_up_for_programs(queue: Path) -> None:
    record = json.loads(run("hours", "between", "office", "2026-11-19", "2026-11-21", "--json", queue=queue).out)

    assert record["open_s"] == 2 * 8 * 3600 == sum(interval["open_s"] for interval in record["intervals"])


@pytest.mark.parametrize(
    "words", [("add", "office", "now", "2h"), ("between", "office", "2d", "now"), ("show", "office")]
)
def test_a_pipe_gets_rows(queue: Path, words: tuple[str, ...]) -> None:
    assert run("hours", *words, queue=queue).out == run("hours", *words, "-f", "tsv", queue=queue).out


def test_programs_read_until_when_hours_are_open_in_utc(queue: Path) -> None:
    assert "office\t2026-11-20T16:00:00Z" in run("hours", "list", "-f", "tsv", "-c", "name,until", queue=queue).out


def test_moments_in_the_wrong_order_are_refused_with_the_right_one(queue: Path) -> None:
    refused = run("hours", "between", "office", "2026-11-21", "2026-11-19", queue=queue)

    assert refused.code == ExitCode.USAGE
    assert 'supportq hours between office "2026-11-19" "2026-11-21"' in refused.err


def test_the_heading_names_the_zone_of_the_times_below_it(queue: Path) -> None:
    shown = run("hours", "add", "office", "now", "2h", "--tz", "UTC", queue=queue, terminal=True).out

    assert shown.startswith("Open time of office (Europe/Berlin), in times of UTC")


def test_unknown_hours_are_refused_with_the_nearest(queue: Path) -> None:
    refused = run("hours", "add", "ofice", "now", "2h", queue=queue)

    assert refused.code == ExitCode.NOT_FOUND
    assert "did you mean office?" in refused.err


def test_moments_that_no_timetable_covers_are_refused(queue: Path) -> None:
    assert run("hours", "between", "office", "2026-01-01", "2300-01-01", queue=queue).code == ExitCode.USAGE


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


def test_hours_are_listed_with_who_goes_by_them_and_whether_they_are_open(queue: Path) -> None:
    listed = json.loads(run("hours", "list", "--json", "-c", "all", queue=queue).out)

    assert [hours["name"] for hours in listed] == ["always", "office"]
    assert listed[1] == {
        "name": "office",
        "zone": "Europe/Berlin",
        "week": "Mon-Fri 09:00-17:00",
        "standing": "open",
        "until": "2026-11-20T16:00:00Z",
        "teams": ["technical"],
        "policies": ["technical"],
    }


def test_the_calendar_remarks_upon_what_is_not_as_always(tmp_path: Path) -> None:
    office = """mon-fri = ["09:00-17:00"]
holidays = [
  "2026-10-26",   # a day for the loom
]
[hours.office.openings]
2026-10-24 = "10:00-12:00"
"""
    queue = new_queue(tmp_path / "desk.db", SETTINGS.replace('mon-fri = ["09:00-17:00"]\n', office))

    days = json.loads(run("hours", "show", "office", "2026-10-23", "--json", queue=queue).out)["days"]

    assert [(day["opens"], day["open_s"] // 3600, day["remark"]) for day in days[:5]] == [
        ("09:00-17:00", 8, None),
        ("10:00-12:00", 2, "one-off opening times"),
        ("", 0, "the clocks change: a day of 25h"),
        ("", 0, "a day for the loom"),
        ("09:00-17:00", 8, None),
    ]


def test_a_night_counts_for_the_day_on_which_it_begins(tmp_path: Path) -> None:
    nights = 'mon-fri = ["22:00-06:00"]\n'
    queue = new_queue(tmp_path / "desk.db", SETTINGS.replace('mon-fri = ["09:00-17:00"]\n', nights))

    days = json.loads(run("hours", "show", "office", "2026-10-23", "--json", queue=queue).out)["days"]

    assert [day["open_s"] // 3600 for day in days[:4]] == [8, 0, 0, 8]


def test_times_asked_for_are_those_of_the_hours_unless_a_zone_is_named(queue: Path) -> None:
    words = ("hours", "add", "office", "2026-11-20 16:30", "1h", "-c", "end", "--no-header")

    assert run(*words, queue=queue, zone="UTC").out == "2026-11-23T08:30:00Z\n"
    assert run(*words, "--tz", "UTC", queue=queue).out == "2026-11-23T09:00:00Z\n"


def test_two_weeks_fit_a_screen(queue: Path) -> None:
    shown = run("hours", "show", "office", queue=queue, terminal=True).out.splitlines()

    assert len(shown) <= 24
    assert max(map(len, shown)) <= 80


def test_days_that_no_calendar_covers_are_refused(queue: Path) -> None:
    assert run("hours", "show", "office", "2300-01-01", queue=queue).code == ExitCode.USAGE
    assert run("hours", "show", "always", "9999-12-30", queue=queue).code == ExitCode.USAGE


FEAST = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test
BEGIN:VEVENT
UID:1
DTSTART;VALUE=DATE:20261123
SUMMARY:Feast of the loom
END:VEVENT
END:VCALENDAR
"""


def test_a_holiday_that_is_imported_moves_the_clocks_that_run(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        bench.ask("Order 12 not here", ago(hours=1), team="technical")
        queue = bench.queue.path
    words = "hours", "holidays", "import", "-"

    def due() -> str:
        return run("list", "-f", "tsv", "-c", "due", "--no-header", queue=queue).out

    before = due()
    unasked = run(*words, queue=queue, stdin=FEAST)
    done = run(*words, "--yes", queue=queue, stdin=FEAST)

    assert (before, due()) == ("2026-11-23T14:00:00Z\n", "2026-11-24T14:00:00Z\n")
    assert (unasked.code, done.code) == (ExitCode.USAGE, ExitCode.DONE)
    assert "moved the clocks of 1 ticket" in done.err
    assert "Feast of the loom" in run("hours", "holidays", "list", queue=queue).out


def test_holidays_that_were_imported_are_not_imported_again(queue: Path) -> None:
    words = "hours", "holidays", "import", "DE", "--years", "2026"

    first, again = run(*words, queue=queue), run(*words, queue=queue)

    assert "9 of them new to office" in first.err
    assert "none of them new to office" in again.err
    assert "Nothing to do" in again.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("DE", "--hours", "always"), 'no hours with holidays "always"'),
        (("DE", "--years", "2026-1"), '"2026-1" names no years'),
        (("DE", "--years", "1901"), "DE has no holidays in 1901"),
        (("none.ics",), "can't read none.ics"),
    ],
)
def test_holidays_that_cannot_be_imported_are_refused(queue: Path, words: tuple[str, ...], told: str) -> None:
    refused = run("hours", "holidays", "import", *words, queue=queue)

    assert refused.code in {ExitCode.USAGE, ExitCode.FAILED}
    assert told in refused.err


def test_where_there_are_several_hours_one_must_be_named(tmp_path: Path) -> None:
    queue = new_queue(tmp_path / "desk.db", SETTINGS + '\n[hours.late]\nmon-fri = "12:00-20:00"\n')

    refused = run("hours", "holidays", "import", "DE", queue=queue)

    assert refused.code == ExitCode.USAGE
    assert "--hours NAME, one of: office late" in refused.err


@pytest.mark.parametrize("words", [("list", "-c", "name,until"), ("list", "-f", "md"), ("show", "office")])
def test_a_calendar_is_told_in_the_time_of_its_hours_wherever_its_reader_is(
    queue: Path, words: tuple[str, ...]
) -> None:
    assert "today 17:00" in run("hours", *words, "--tz", "America/New_York", queue=queue, terminal=True).out
