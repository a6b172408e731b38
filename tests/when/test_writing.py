"""The stored form of a moment, and how spans and moments are shown to people."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from berlin import BERLIN, WEDNESDAY, local, moment
from hypothesis import given
from hypothesis import strategies as st

from supportq.when import FOREVER, format_age, format_due, format_local, format_stamp, parse_duration, parse_stamp


@given(st.datetimes(datetime(1970, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC)))  # noqa: DTZ001
def test_the_stored_form_comes_back_and_has_one_width(moment: datetime) -> None:
    stamp = format_stamp(moment)

    assert parse_stamp(stamp) == moment.replace(microsecond=0)
    assert len(stamp) == 20


def test_the_stored_form_is_utc_and_sorts_below_forever() -> None:
    elsewhere = datetime(2026, 3, 2, 9, 0, 0, 999_999, tzinfo=timezone(timedelta(hours=5)))

    assert format_stamp(elsewhere) == "2026-03-02T04:00:00Z" < format_stamp(FOREVER)


@pytest.mark.parametrize(
    ("seconds", "age"),
    [
        (0, "0s"),
        (59, "59s"),
        (60, "1m"),
        (359, "5m"),
        (4_800, "1h 20m"),
        (86_399, "23h 59m"),
        (86_400, "1d"),
        (86_400 + 60, "1d"),
        (273_600, "3d 4h"),
        (6 * 604_800, "6w"),
    ],
)
def test_an_age_shows_its_two_largest_units(seconds: int, age: str) -> None:
    assert format_age(timedelta(seconds=seconds)) == age


@given(st.timedeltas(timedelta(0), timedelta(days=3000)))
def test_an_age_is_rounded_down_by_less_than_its_smallest_unit(span: timedelta) -> None:
    assert timedelta(0) <= span - parse_duration(format_age(span)) < max(timedelta(minutes=1), span * 0.15)


def test_what_is_due_says_how_long_or_how_late() -> None:
    assert format_due(WEDNESDAY + timedelta(minutes=80), WEDNESDAY) == "in 1h 20m"
    assert format_due(WEDNESDAY, WEDNESDAY) == "in 0s"
    assert format_due(WEDNESDAY - timedelta(minutes=80), WEDNESDAY) == "1h 20m late"
    assert format_due(FOREVER, WEDNESDAY) == ""


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2026-11-25 00:00", "today 00:00"),
        ("2026-11-24 23:59", "yesterday 23:59"),
        ("2026-11-26 09:05", "tomorrow 09:05"),
        ("2026-11-19 14:05", "Thu 14:05"),
        ("2026-12-01 14:05", "Tue 14:05"),
        ("2026-11-18 14:05", "18 Nov 14:05"),
        ("2026-03-02 14:05", "2 Mar 14:05"),
        ("2025-03-02 14:05", "2 Mar 2025 14:05"),
    ],
)
def test_a_moment_is_shown_in_local_time_and_no_longer_than_it_must_be(written: str, shown: str) -> None:
    assert format_local(local(written), BERLIN, WEDNESDAY) == shown


def test_no_moment_shows_nothing() -> None:
    assert format_local(FOREVER, BERLIN, WEDNESDAY) == ""


@given(st.integers(-6 * 1440, 6 * 1440))
def test_a_moment_near_now_can_be_typed_as_it_is_shown(minutes: int) -> None:
    shown = format_local(WEDNESDAY + timedelta(minutes=minutes), BERLIN, WEDNESDAY)

    assert moment(shown, "future" if minutes > 0 else "past") == WEDNESDAY + timedelta(minutes=minutes)
