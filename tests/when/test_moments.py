"""Moments that people type: what they mean, and what is refused with a cure."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from berlin import WEDNESDAY, directions, local, moment, some_words, spellings_offered
from hypothesis import given
from hypothesis import strategies as st

from supportq.errors import UsageError
from supportq.when import Direction, parse_moment


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("now", "2026-11-25 14:00"),
        ("today", "2026-11-25"),
        ("Yesterday", "2026-11-24"),
        ("tomorrow", "2026-11-26"),
        ("17:30 tomorrow", "2026-11-26 17:30"),
        ("yesterday 9am", "2026-11-24 09:00"),
        ("  tomorrow  at 12 PM ", "2026-11-26 12:00"),
        ("today 12:05am", "2026-11-25 00:05"),
        ("2026-11-22", "2026-11-22"),
        ("2026-11-22 14:00", "2026-11-22 14:00"),
        ("2026-11-22 9:30", "2026-11-22 09:30"),
        ("2026-11-22T13:00:00.9Z", "2026-11-22 14:00"),
        ("2026-11-22T14:00+05:30", "2026-11-22 09:30"),
        ("2026-W47", "2026-11-16"),
        ("2026-11", "2026-11-01"),
        ("last-month", "2026-10-01"),
        ("@1700000000", "2023-11-14 23:13:20"),
        ("3 days ago", "2026-11-22 14:00"),
        ("in 2h", "2026-11-25 16:00"),
        ("next week", "2026-11-30"),
        ("this month", "2026-11-01"),
        ("tomorrow 9", "2026-11-26 09:00"),
        ("tomorrow noon", "2026-11-26 12:00"),
        ("today 24:00", "2026-11-26"),
        ("31 may 2026", "2026-05-31"),
        ("2nd March, 2026 at 9", "2026-03-02 09:00"),
    ],
)
@pytest.mark.parametrize("direction", ["past", "future"])
def test_some_times_mean_the_same_whichever_way_an_option_looks(text: str, meaning: str, direction: Direction) -> None:
    assert moment(text, direction) == local(meaning)


@pytest.mark.parametrize(
    ("text", "past", "future"),
    [
        ("mon", "2026-11-23", "2026-11-30"),
        ("Wednesday", "2026-11-25", "2026-12-02"),
        ("thurs", "2026-11-19", "2026-11-26"),
        ("fri 16:30", "2026-11-20 16:30", "2026-11-27 16:30"),
        ("wed 13:59", "2026-11-25 13:59", "2026-12-02 13:59"),
        ("14:01 wed", "2026-11-18 14:01", "2026-11-25 14:01"),
        ("14:00", "2026-11-25 14:00", "2026-11-26 14:00"),
        ("9:30", "2026-11-25 09:30", "2026-11-26 09:30"),
        ("9pm", "2026-11-24 21:00", "2026-11-25 21:00"),
        ("3d", "2026-11-22 14:00", "2026-11-28 14:00"),
        ("3 days", "2026-11-22 14:00", "2026-11-28 14:00"),
        ("2h30m", "2026-11-25 11:30", "2026-11-25 16:30"),
        ("1h 30m", "2026-11-25 12:30", "2026-11-25 15:30"),
        ("1m", "2026-11-25 13:59", "2026-11-25 14:01"),
        ("2h30", "2026-11-25 11:30", "2026-11-25 16:30"),
        ("1.5h", "2026-11-25 12:30", "2026-11-25 15:30"),
        ("1.5d", "2026-11-24 02:00", "2026-11-27 02:00"),
        ("noon", "2026-11-25 12:00", "2026-11-26 12:00"),
        ("midnight", "2026-11-25", "2026-11-26"),
        ("fri midnight", "2026-11-21", "2026-11-28"),
        ("31 may", "2026-05-31", "2027-05-31"),
        ("may 31 14:00", "2026-05-31 14:00", "2027-05-31 14:00"),
        ("29 feb", "2024-02-29", "2028-02-29"),
        ("45s", "2026-11-25 13:59:15", "2026-11-25 14:00:45"),
        ("2w", "2026-11-11 14:00", "2026-12-09 14:00"),
        ("1mo", "2026-10-25 14:00", "2026-12-25 14:00"),
        ("1y 1d", "2025-11-24 14:00", "2027-11-26 14:00"),
    ],
)
def test_other_times_are_the_nearest_in_the_direction_of_the_option(text: str, past: str, future: str) -> None:
    assert (moment(text, "past"), moment(text, "future")) == (local(past), local(future))


def test_a_day_keeps_the_time_of_day_over_a_clock_change_but_24_hours_do_not() -> None:
    saturday_noon = local("2026-03-28 12:00")

    assert moment("1d", "future", saturday_noon) == local("2026-03-29 12:00")
    assert moment("24h", "future", saturday_noon) == local("2026-03-29 13:00")


def test_a_month_before_the_31st_ends_with_a_shorter_month() -> None:
    assert moment("1mo", now=local("2026-03-31 09:00")) == local("2026-02-28 09:00")


@pytest.mark.parametrize(
    ("text", "now", "around"),
    [
        ("tomorrow 02:30", "2026-03-28 12:00", ["2026-03-29T01:30+01:00", "2026-03-29T03:30+02:00"]),
        ("sun 2:30am", "2026-03-28 12:00", ["2026-03-29T01:30+01:00", "2026-03-29T03:30+02:00"]),
        ("2026-03-29T02:30:15", "2026-03-28 12:00", ["2026-03-29T01:30:15+01:00", "2026-03-29T03:30:15+02:00"]),
        ("2026-10-25 02:30", "2026-11-25 14:00", ["2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00"]),
    ],
)
def test_a_time_that_a_clock_change_skips_or_repeats_is_refused_with_two_moments(
    text: str, now: str, around: list[str]
) -> None:
    with pytest.raises(UsageError) as refused:
        moment(text, "future", local(now))

    assert spellings_offered(refused.value) == around
    assert all(moment(spelling) for spelling in around)


def test_a_clock_change_later_that_night_does_not_touch_other_times() -> None:
    assert moment("2:30", "future", local("2026-03-29 12:00")) == local("2026-03-30 02:30")
    assert moment("2026-10-25 01:59") == local("2026-10-25 01:59")


def test_a_day_begins_with_its_first_moment_where_midnight_is_skipped() -> None:
    santiago = ZoneInfo("America/Santiago")

    assert parse_moment("2026-09-06", now=WEDNESDAY, zone=santiago, direction="past") == datetime(
        2026, 9, 6, 1, tzinfo=santiago
    )


@given(st.integers(0, 10**10).map(str))
def test_a_bare_number_is_refused_with_two_spellings_that_work(number: str) -> None:
    with pytest.raises(UsageError) as refused:
        moment(number)

    offered = spellings_offered(refused.value)
    assert len(offered) == 2
    assert all(moment(spelling) for spelling in offered)


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("12/11/10", ["2010-11-12", "2010-12-11"]),
        ("3-4-2026", ["2026-04-03", "2026-03-04"]),
        ("25/12/2026", ["2026-12-25"]),
        ("1.3.2026", ["2026-03-01"]),
    ],
)
def test_a_date_in_local_custom_is_refused_with_the_days_it_may_mean(text: str, offered: list[str]) -> None:
    with pytest.raises(UsageError) as refused:
        moment(text)

    assert spellings_offered(refused.value) == offered


@pytest.mark.parametrize(
    ("text", "nearest"),
    [("tomorow", "tomorrow"), ("wendesday 9am", "wednesday"), ("lastweek", "last-week"), ("in 2 huors", "hours")],
)
def test_a_misspelt_word_is_refused_with_the_nearest_right_one(text: str, nearest: str) -> None:
    with pytest.raises(UsageError) as refused:
        moment(text)

    assert f"did you mean {nearest}?" in refused.value.cures[0]


@pytest.mark.parametrize(
    "text",
    ["", "25:00", "30 feb", "mon 31", "13pm", "0am", "2026-02-30", "2026-W60", "1969-12-31", "9999y", "9999999w"],
)
def test_a_time_that_cannot_be_is_refused_with_examples_that_work(text: str) -> None:
    with pytest.raises(UsageError) as refused:
        moment(text)

    assert all(moment(spelling) for spelling in spellings_offered(refused.value))


@pytest.mark.parametrize(
    "text",
    [
        "1M",
        "2h3",
        "9 10",
        "at 10",
        "31 may 9 10",
        "fri mon",
        "9am 10am",
        "last-week 9am",
        "in 3d ago",
        "now 9am",
        "1h 1d",
    ],
)
def test_a_time_that_may_be_a_slip_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        moment(text)


@given(some_words, directions)
def test_any_words_are_understood_or_refused_with_a_cure(text: str, direction: Direction) -> None:
    try:
        moment(text, direction)
    except UsageError as fault:
        understood = bool(fault.cures)
    else:
        understood = True
    assert understood
