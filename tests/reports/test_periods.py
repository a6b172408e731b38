from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportq.reports._periods import PERIODS, cut_short, ends_of, period_of, periods_between
from supportq.when import parse_range

ZONES = [UTC, ZoneInfo("Europe/Berlin"), ZoneInfo("America/St_Johns"), ZoneInfo("Pacific/Auckland")]
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0)
)


@pytest.mark.parametrize("period", PERIODS)
@given(moment=MOMENTS, zone=st.sampled_from(ZONES))
def test_a_period_is_spelt_as_since_reads_it(period: str, moment: datetime, zone: ZoneInfo) -> None:
    label = period_of(moment, period, zone)
    start, _ = parse_range(f"{label}..", now=moment, zone=zone)

    assert start <= moment
    assert period_of(start, period, zone) == label


def test_the_ends_of_a_span_that_begins_or_ends_within_a_period_are_not_whole() -> None:
    berlin = ZONES[1]

    def ends(since: str, until: str, period: str) -> set[str]:
        start, end = (datetime.fromisoformat(each).replace(tzinfo=berlin).astimezone(UTC) for each in (since, until))
        return set(cut_short(start, end, period, berlin))

    assert ends("2026-11-13", "2026-11-23T09:00", "week") == {"2026-W46", "2026-W48"}
    assert ends("2026-11-09", "2026-11-23", "week") == set()
    assert ends("2026-11-09", "2026-11-23", "month") == {"2026-11"}
    assert ends("2026-10-25T02:00", "2026-10-25T03:30", "hour") == {"2026-10-25 03:00"}


def test_the_second_of_an_hour_that_a_clock_change_repeats_bears_its_offset() -> None:
    since, until = datetime(2026, 10, 24, 23, tzinfo=UTC), datetime(2026, 10, 25, 2, tzinfo=UTC)

    assert list(periods_between(since, until, "hour", ZONES[1])) == [
        *("2026-10-25 01:00", "2026-10-25 02:00", "2026-10-25 02:00+01:00")
    ]


def test_periods_lie_within_each_other() -> None:
    since, until = datetime(2025, 12, 1, tzinfo=UTC), datetime(2026, 4, 2, tzinfo=UTC)

    assert list(ends_of(since, until, ("quarter", "year"), UTC)) == [
        *(("2025-Q4", "2025"), ("2026-Q1", "2026"), ("2026-Q2", "2026"))
    ]


@pytest.mark.parametrize("period", PERIODS)
@given(since=MOMENTS, days=st.integers(0, 800), zone=st.sampled_from(ZONES))
def test_periods_follow_each_other_from_first_to_last(period: str, since: datetime, days: int, zone: ZoneInfo) -> None:
    until = since + timedelta(days=days // (30 if period == "hour" else 1), seconds=1)
    found = list(periods_between(since, until, period, zone))

    assert found[0] == period_of(since, period, zone)
    assert found[-1] == period_of(until - timedelta(seconds=1), period, zone)
    assert found == sorted(set(found))
