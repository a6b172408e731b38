"""Durations and working time that people type."""

from datetime import timedelta

import pytest

from supportq.errors import UsageError
from supportq.when import WorkingTime, parse_duration, parse_working


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("2h", timedelta(hours=2)),
        ("1h30m", timedelta(minutes=90)),
        ("1.5h", timedelta(minutes=90)),
        ("2h30", timedelta(minutes=150)),
        ("90 min", timedelta(minutes=90)),
        ("2 days", timedelta(hours=48)),
        ("1w", timedelta(days=7)),
        ("45s", timedelta(seconds=45)),
    ],
)
def test_a_duration_is_read(text: str, length: timedelta) -> None:
    assert parse_duration(text) == length


@pytest.mark.parametrize("text", ["", "10", "1mo", "1y", "1M", "1.5m", "2h ago", "2 huors", "99999999w"])
def test_a_length_that_is_not_the_same_everywhere_is_no_duration(text: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_duration(text)

    assert refused.value.cures


def test_working_time_is_told_from_other_time() -> None:
    assert parse_working("4wh") == WorkingTime(timedelta(hours=4), 0)
    assert parse_working("2 working days") == WorkingTime(None, 2)
    assert parse_working("1wd 2wh") == WorkingTime(timedelta(hours=2), 1)
    assert [parse_working(text) for text in ("4h", "2w", "wd", "")] == [None] * 4


@pytest.mark.parametrize(
    ("text", "told"),
    [("99999999h", "too long"), ("2wd", "working time is not counted here"), ("2wf", "no unit of time")],
)
def test_what_is_wrong_with_a_length_is_said(text: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        parse_duration(text)
