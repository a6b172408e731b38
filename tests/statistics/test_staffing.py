from math import factorial

import pytest
from hypothesis import given
from hypothesis import strategies as some

from supportq.statistics.staffing import agents_needed, service, waiting


@pytest.mark.parametrize(
    ("agents", "waits", "answered"),
    [(11, 0.682, 0.39), (12, 0.449, 0.64), (13, 0.285, 0.796), (14, 0.174, 0.888)],
)
def test_calls_wait_as_long_as_in_the_published_example(agents: int, waits: float, answered: float) -> None:
    """100 calls of 3 minutes in half an hour, within 20 seconds: callcentrehelper.com, Erlang C, worked example."""
    load = 200 * 180 / 3600

    assert (round(waiting(agents, load), 3), round(service(agents, load, 180, 20), 3)) == (waits, answered)


@given(some.integers(1, 60), some.floats(0.05, 0.99))
def test_the_part_that_waits_is_that_of_the_formula_written_out(agents: int, busy: float) -> None:
    load = agents * busy
    all_busy = load**agents / factorial(agents) * agents / (agents - load)

    assert waiting(agents, load) == pytest.approx(
        all_busy / (sum(load**count / factorial(count) for count in range(agents)) + all_busy)
    )


def test_one_person_makes_as_many_wait_as_he_is_busy() -> None:
    assert waiting(1, 0.25) == pytest.approx(0.25)


def test_a_large_desk_is_that_of_the_published_example() -> None:
    """360 calls in half an hour of 4 minutes each, 55 agents, 15 seconds: mitan.co.uk, The Erlang-C formula."""
    assert round(waiting(55, 48), 3) == 0.239
    assert round(service(55, 48, 240, 15), 3) == 0.846


@given(some.floats(0.01, 200), some.floats(10, 3600))
def test_with_one_person_fewer_the_promise_would_be_broken(load: float, handling_s: float) -> None:
    agents = agents_needed(load, handling_s)

    assert service(agents, load, handling_s, 20) >= 0.8 > service(agents - 1, load, handling_s, 20)


def test_nobody_is_needed_where_nothing_comes() -> None:
    assert agents_needed(0, 180) == 0
