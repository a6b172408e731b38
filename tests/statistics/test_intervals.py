from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as some

from supportq.statistics.intervals import FEWEST, Estimate, count, difference, median_rank, share


@pytest.mark.parametrize(
    ("now", "before", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
    ],
)
def test_the_difference_of_shares_is_that_of_the_published_table(
    now: tuple[int, int], before: tuple[int, int], low: float, high: float
) -> None:
    """Newcombe, Statistics in Medicine 17 (1998), 873-890, table II, method 10."""
    found = difference(share(*now), share(*before))

    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(("number", "low", "high"), [(0, 0.0, 3.84), (10, 5.43, 18.41), (100, 82.23, 121.61)])
def test_a_count_has_the_score_interval_of_the_poisson_distribution(number: int, low: float, high: float) -> None:
    found = count(number)

    assert (round(found.low, 2), round(found.high, 2)) == (low, high)


@given(some.integers(0, 400), some.integers(1, 400))
def test_a_share_lies_in_its_interval_and_that_between_none_and_all(part: int, more: int) -> None:
    found = share(part, part + more)

    assert 0 <= found.low <= found.value <= found.high <= 1


@pytest.mark.parametrize(("count", "rank"), [(6, 1), (8, 1), (9, 2), (20, 6), (30, 10), (50, 18), (100, 40)])
def test_the_interval_of_a_median_is_that_of_the_published_table(count: int, rank: int) -> None:
    """Conover, Practical Nonparametric Statistics (1999), 3.2: 95 % limits by the binomial with p = 1/2."""
    assert median_rank(count) == rank


@pytest.mark.parametrize("count", [FEWEST, 7, 40, 499, 1000, 1001, 1400])
def test_a_median_lies_between_its_ranks_at_least_95_times_in_100_and_nearly_not_with_the_next(count: int) -> None:
    rank = median_rank(count)

    assert _outside(count, rank) <= 0.0505
    assert _outside(count, rank + 1) > 0.0495


def _outside(count: int, rank: int) -> float:
    return float(Fraction(2 * sum(comb(count, below) for below in range(rank)), 2**count))


def test_too_few_values_have_no_interval() -> None:
    assert [median_rank(count) for count in range(FEWEST)] == [0] * FEWEST


def test_a_difference_the_other_way_round_has_the_other_sign() -> None:
    one, other = Estimate(5, 3, 9), Estimate(2, 1, 4)
    there, back = difference(one, other), difference(other, one)

    assert (there.value, there.low, there.high) == (-back.value, -back.high, -back.low)
