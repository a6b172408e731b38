from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportq.reports import _spread
from supportq.reports._spread import Durations

SECONDS = st.lists(st.integers(0, 10_000_000), min_size=1)


@given(SECONDS, st.integers(1, 100), st.integers(1, 5))
def test_a_percentile_is_the_value_at_the_nearest_rank(values: list[int], percent: int, run: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_spread, "_RUN", run)
        durations = Durations(values)
    rank = ceil(Fraction(percent, 100) * len(values))

    assert durations.percentile(percent) == sorted(values)[rank - 1]
    assert abs((durations.mean() or 0) - Fraction(sum(values), len(values))) <= Fraction(1, 2)


def test_of_nothing_there_is_no_spread() -> None:
    assert _spread.cells(Durations()) == (None, None, None, None)
