from datetime import datetime, timedelta

import pytest
from berlin import BERLIN, local
from hypothesis import given
from hypothesis import strategies as st

from supportq.when import range_before, weeks_year_earlier, year_earlier

MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1)).map(  # noqa: DTZ001 - the zone comes with the test
    lambda moment: local(moment.replace(microsecond=0).isoformat())
)


@pytest.mark.parametrize(
    ("since", "until", "before"),
    [
        ("2026-03-01", "2026-04-01", "2026-02-01"),
        ("2026-01-01", "2026-04-01", "2025-10-01"),
        ("2026-01-01", "2027-01-01", "2025-01-01"),
        ("2026-03-30", "2026-04-06", "2026-03-23"),
        ("2026-10-26", "2026-10-27", "2026-10-25"),
        ("2026-11-20T09:00", "2026-11-20T12:00", "2026-11-20T06:00"),
    ],
)
def test_months_come_before_months_and_days_before_days(since: str, until: str, before: str) -> None:
    assert range_before(local(since), local(until), BERLIN) == (local(before), local(since))


@pytest.mark.parametrize(
    ("since", "until", "start"),
    [
        ("2026-11-16", "2026-11-23T04:00", "2026-11-08T20:00"),
        ("2026-11-20", "2026-11-20T15:00", "2026-11-19T09:00"),
        ("2026-10-21T16:00", "2026-11-20T16:00", "2026-09-21T16:00"),
    ],
)
def test_no_moment_lies_between_a_range_that_is_not_over_and_the_one_before(since: str, until: str, start: str) -> None:
    assert range_before(local(since), local(until), BERLIN) == (local(start), local(since))


@given(MOMENTS, st.integers(1, 10_000_000))
def test_a_range_in_seconds_is_preceded_by_as_many(since: datetime, seconds: int) -> None:
    since = since.replace(second=1)
    until = since + timedelta(seconds=seconds)
    start, end = range_before(since, until, BERLIN)

    assert end == since
    assert abs((until - since) - (end - start)) <= timedelta(hours=1)


def test_the_same_weeks_of_the_year_before_begin_on_mondays_too() -> None:
    asked = local("2026-11-09"), local("2026-11-22T12:00")

    assert weeks_year_earlier(*asked, BERLIN) == (local("2025-11-10"), local("2025-11-23T12:00"))
    assert weeks_year_earlier(local("2026-12-28"), local("2027-01-04"), BERLIN)[0] == local("2025-12-22")


def test_a_year_earlier_the_same_dates_are_meant() -> None:
    asked = local("2024-02-29"), local("2024-03-31T12:00")

    assert year_earlier(*asked, BERLIN) == (local("2023-02-28"), local("2023-03-31T12:00"))
