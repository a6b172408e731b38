import random
from collections.abc import Callable
from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as some

from supportq.statistics.seasons import HOURS, Day, Method, likely, naive, seasonal, tried

WEEKS = 26
SHAPE = [0.0] * 7 + [1.0, 3.0, 5.0, 6.0, 5.0, 3.0, 4.0, 4.0, 3.0, 2.0] + [0.5] * 7
WEEKDAY = [1.4, 1.1, 1.0, 1.0, 0.8, 0.2, 0.1]


def _flat(_week: float, _weekday: int, _hour: int, _chance: random.Random) -> float:
    return 3.0


def _trending(week: float, weekday: int, hour: int, _chance: random.Random) -> float:
    return float(1.02**week * WEEKDAY[weekday] * SHAPE[hour])


def _seasonal(_week: float, weekday: int, hour: int, _chance: random.Random) -> float:
    return 4 * WEEKDAY[weekday] * SHAPE[hour]


def _bursty(_week: float, weekday: int, hour: int, chance: random.Random) -> float:
    return WEEKDAY[weekday] * SHAPE[hour] * chance.gammavariate(0.6, 1 / 0.6)


HISTORIES = {"steady": _flat, "trending": _trending, "seasonal": _seasonal, "bursty": _bursty}


def history(rate: Callable[[float, int, int, random.Random], float], seed: int = 3) -> list[Day]:
    """Return half a year of arrivals by chance, the same each time."""
    chance = random.Random(seed)  # noqa: S311 - the same numbers each time are wanted
    return [
        Day(day % 7, counts=tuple(_poisson(rate(day / 7, day % 7, hour, chance), chance) for hour in range(HOURS)))
        for day in range(7 * WEEKS)
    ]


def _poisson(mean: float, chance: random.Random) -> float:
    count, product, limit = 0, chance.random(), exp(-mean)
    while product > limit:
        count, product = count + 1, product * chance.random()
    return float(count)


@pytest.mark.parametrize("name", HISTORIES)
def test_the_seasonal_forecast_beats_last_week(name: str) -> None:
    days = history(HISTORIES[name])
    ours, theirs = tried(seasonal, days), tried(naive, days)

    assert ours.error < 0.95 * theirs.error
    assert ours.squared_error < 0.8 * theirs.squared_error


@pytest.mark.parametrize("name", HISTORIES)
def test_what_is_likely_comes_about_nine_times_in_ten(name: str) -> None:
    coverage = tried(seasonal, history(HISTORIES[name])).coverage

    assert coverage is not None
    assert 0.87 <= coverage <= 0.99


def test_where_each_week_is_the_last_one_and_none_the_mean_the_naive_forecast_wins() -> None:
    days = [Day(day % 7, counts=(10.0 if day < 7 * (WEEKS - 5) else 500.0,) * HOURS) for day in range(7 * WEEKS)]

    assert tried(naive, days).squared_error < tried(seasonal, days).squared_error


def test_a_forecast_knows_nothing_of_the_days_it_is_judged_by() -> None:
    seen: list[tuple[int, int]] = []

    def watching(past: object, ahead: object) -> list[tuple[float, ...]]:
        seen.append((len(past), len(ahead)))  # type: ignore[arg-type]
        return naive(past, ahead)  # type: ignore[arg-type]

    tried(watching, history(_flat)[:35])

    assert seen == [(14, 7), (21, 7), (28, 7)]


def test_a_steady_week_is_expected_again() -> None:
    week = [Day(weekday, counts=tuple(float(weekday * hour) for hour in range(HOURS))) for weekday in range(7)]

    assert [[round(each, 6) for each in day] for day in seasonal(week * 9, week)] == [list(day.counts) for day in week]


@pytest.mark.parametrize("method", [seasonal, naive])
def test_a_holiday_is_a_sunday_until_one_is_known_and_then_as_those_were(method: Method) -> None:
    week = [Day(weekday, counts=(10.0 if weekday < 6 else 1.0,) * HOURS) for weekday in range(7)]
    quiet = Day(2, is_holiday=True, counts=(4.0,) * HOURS)
    tuesday = Day(1, is_holiday=True)

    assert method(week * 5, [tuesday])[0] == pytest.approx((1.0,) * HOURS)
    assert method([*week[:2], quiet, *week[3:]] + week * 4, [tuesday])[0] == pytest.approx((4.0,) * HOURS)


@pytest.mark.parametrize("method", [seasonal, naive])
def test_a_week_with_a_holiday_says_nothing_about_the_next_usual_day(method: Method) -> None:
    week = [Day(weekday, counts=(10.0,) * HOURS) for weekday in range(7)]
    with_holiday = [Day(0, is_holiday=True), *week[1:]]

    assert method(week * 4 + with_holiday, week)[0] == pytest.approx((10.0,) * HOURS)


def test_a_poisson_count_lies_where_tables_say() -> None:
    """Pearson and Hartley, Biometrika Tables for Statisticians I, table 7: the cumulative Poisson distribution."""
    assert [likely(mean, 0) for mean in (1, 5, 10)] == [(0, 3), (2, 9), (5, 15)]


@given(some.floats(0.01, 2000), some.floats(0, 3))
def test_what_is_likely_has_the_mean_in_it_and_widens_with_the_spread(mean: float, spread: float) -> None:
    low, high = likely(mean, spread)

    assert low <= high
    assert high >= likely(mean, 0)[1] - 1
    assert low <= mean + 1
