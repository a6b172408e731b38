"""Ranges that people type, as [start, end)."""

from datetime import timedelta

import pytest
from berlin import BERLIN, WEDNESDAY, directions, local, range_of, some_words, spellings_offered
from hypothesis import given

from supportq.errors import UsageError
from supportq.when import EPOCH, FOREVER, Direction, format_range


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("today", "2026-11-25", "2026-11-26"),
        ("yesterday", "2026-11-24", "2026-11-25"),
        ("wed", "2026-11-25", "2026-11-26"),
        ("fri", "2026-11-20", "2026-11-21"),
        ("2026-03-29", "2026-03-29", "2026-03-30"),
        ("week", "2026-11-23", "2026-11-30"),
        ("last-week", "2026-11-16", "2026-11-23"),
        ("2026-W47", "2026-11-16", "2026-11-23"),
        ("month", "2026-11-01", "2026-12-01"),
        ("last-month", "2026-10-01", "2026-11-01"),
        ("next-month", "2026-12-01", "2027-01-01"),
        ("2026-12", "2026-12-01", "2027-01-01"),
        ("quarter", "2026-10-01", "2027-01-01"),
        ("last-quarter", "2026-07-01", "2026-10-01"),
        ("2026-Q1", "2026-01-01", "2026-04-01"),
        ("year", "2026-01-01", "2027-01-01"),
        ("last-year", "2025-01-01", "2026-01-01"),
        ("2026", "2026-01-01", "2027-01-01"),
        ("2026-11-01..2026-11-03", "2026-11-01", "2026-11-04"),
        ("2025 .. 2026", "2025-01-01", "2027-01-01"),
        ("2026-11-01 09:00..2026-11-01 10:00", "2026-11-01 09:00", "2026-11-01 10:00"),
        ("3d..1d", "2026-11-22 14:00", "2026-11-24 14:00"),
        ("in 2h", "2026-11-25 14:00", "2026-11-25 16:00"),
    ],
)
def test_a_range_holds_its_first_moment_and_not_its_last(text: str, start: str, end: str) -> None:
    assert range_of(text) == (local(start), local(end))


@pytest.mark.parametrize("text", ["3d", "3d..now", "3 days ago..now"])
def test_a_range_that_ends_now_holds_what_happens_in_this_second(text: str) -> None:
    assert range_of(text) == (local("2026-11-22 14:00"), WEDNESDAY + timedelta(seconds=1))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("mon..fri", "2026-11-23", "2026-11-28"),
        ("mon..mon", "2026-11-23", "2026-11-24"),
        ("fri..mon", "2026-11-20", "2026-11-24"),
        ("yesterday 9am..17:30", "2026-11-24 09:00", "2026-11-24 17:30"),
        ("9am..17:30", "2026-11-25 09:00", "2026-11-25 17:30"),
    ],
)
def test_a_weekday_or_time_of_day_that_ends_a_range_follows_its_start(text: str, start: str, end: str) -> None:
    assert range_of(text) == (local(start), local(end))


def test_a_range_may_be_open_at_either_end() -> None:
    assert range_of("..yesterday") == (EPOCH, local("2026-11-25"))
    assert range_of("last-week..") == (local("2026-11-16"), FOREVER)
    assert range_of("..") == (EPOCH, FOREVER)


def test_a_range_can_look_ahead() -> None:
    assert range_of("2h", "future") == (WEDNESDAY, local("2026-11-25 16:00"))
    assert range_of("fri", "future") == (local("2026-11-27"), local("2026-11-28"))
    assert range_of("..2h", "future") == (EPOCH, local("2026-11-25 16:00"))


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("1d..3d", ["3d..1d"]),
        ("2026-12..2026-11", ["2026-11..2026-12"]),
        ("yesterday 9am", ["yesterday 9am..", "..yesterday 9am"]),
    ],
)
def test_a_backward_range_or_a_lone_moment_is_refused_with_a_range_that_works(text: str, offered: list[str]) -> None:
    with pytest.raises(UsageError) as refused:
        range_of(text)

    assert spellings_offered(refused.value) == offered
    assert all(range_of(spelling) for spelling in offered)


@given(some_words, directions)
def test_a_range_is_never_backward(text: str, direction: Direction) -> None:
    try:
        start, end = range_of(text, direction)
    except UsageError:
        return
    assert EPOCH <= start <= end <= FOREVER


@given(some_words, directions)
def test_a_range_that_is_written_out_reads_back_as_the_same_range(text: str, direction: Direction) -> None:
    try:
        meant = range_of(text, direction)
    except UsageError:
        return
    written = format_range(*meant, BERLIN)

    assert range_of(written) == meant
