from hypothesis import given, settings
from hypothesis import strategies as st

from supportq.output.layout import GAP, WIDEST, Wish, fit

WISHES = st.lists(
    st.builds(
        lambda least, more, wide: Wish(least + more, least, wide), st.integers(1, 20), st.integers(0, 99), st.booleans()
    ),
    min_size=1,
    max_size=8,
)


@given(WISHES, st.integers(1, 120))
@settings(max_examples=150)
def test_columns_fit_when_the_first_and_the_wide_one_can(wishes: list[Wish], room: int) -> None:
    widths = fit(wishes, room)

    kept = [width for width in widths if width]
    smallest = [1 for place, wish in enumerate(wishes) if not place or wish.wide]
    assert sum(kept) + GAP * (len(kept) - 1) <= max(room, sum(smallest) + GAP * (len(smallest) - 1))
    assert all(width <= wish.natural for width, wish in zip(widths, wishes, strict=True))


def test_the_wide_column_gives_way_first() -> None:
    assert fit([Wish(4, 4), Wish(60, 16, wide=True), Wish(20, 8)], 60) == [4, 32, 20]


def test_then_other_text_does() -> None:
    assert fit([Wish(4, 4), Wish(60, 16, wide=True), Wish(20, 8)], 34) == [4, 16, 10]


def test_then_columns_go_from_the_right() -> None:
    assert fit([Wish(4, 4), Wish(60, 16, wide=True), Wish(9, 9), Wish(20, 8)], 35) == [4, 18, 9, 0]


def test_where_there_is_no_edge_one_endless_cell_does_not_widen_every_line() -> None:
    assert fit([Wish(4, 4), Wish(1_000_000, 16, wide=True), Wish(90, 8)], None) == [4, WIDEST, 90]


def test_a_column_with_nothing_in_it_goes_before_one_that_tells_something() -> None:
    assert fit([Wish(10, 10), Wish(10, 10, spare=True), Wish(10, 10)], 25) == [10, 0, 10]
