"""Selectors: which tickets a command is about."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportq.errors import UsageError
from supportq.model.filter import Key, Lexicon, parse_filter
from supportq.model.selector import Selector, parse_selector

DESK = Lexicon(datetime(2026, 3, 4, 12, tzinfo=UTC), teams=("sales",), views={"done": "status:resolved"})


@given(st.lists(st.tuples(st.integers(1, 10**18 - 1), st.integers(0, 10**6)), min_size=1, max_size=4))
def test_numbers_and_ranges_of_any_size_are_read_back(spans: list[tuple[int, int]]) -> None:
    ids = tuple((first, min(first + size, 10**18 - 1)) for first, size in spans)
    word = ",".join(f"{first}-#{last}" if last > first else f"#{first}" for first, last in ids)

    assert parse_selector([word], DESK, text=False) == Selector(ids)


def test_words_of_every_sort_stand_side_by_side() -> None:
    selector = parse_selector(["12,15", "@", "team:sales", "-", "20-22"], DESK, text=False)

    assert selector == Selector(
        ((12, 12), (15, 15), (20, 22)), touched=True, stdin=True, filter=parse_filter("team:sales", DESK, text=False)
    )


def test_a_reader_searches_for_other_words_and_keeps_a_quoted_phrase_whole() -> None:
    selector = parse_selector(["carrier", "money back", "0417"], DESK, text=True)

    assert selector.filter == parse_filter("text:carrier 'text:money back' text:0417", DESK, text=False)


@pytest.mark.parametrize("words", [["refund"], ["12-"], ["12", "money back"], ["12,x"], ["0"], ["-5"]])
def test_a_writer_is_told_what_selectors_look_like(words: list[str]) -> None:
    with pytest.raises(UsageError) as fault:
        parse_selector(words, DESK, text=False)

    assert words[-1] in fault.value.cause
    assert "12-20" in fault.value.cures[0]


@pytest.mark.parametrize("text", [True, False])
def test_a_mistyped_key_is_an_error_to_everybody(text: bool) -> None:  # noqa: FBT001
    with pytest.raises(UsageError, match='no filter key "taem"'):
        parse_selector(["taem:sales"], DESK, text=text)


def test_a_range_that_runs_backwards_is_refused() -> None:
    with pytest.raises(UsageError) as fault:
        parse_selector(["20-12"], DESK, text=True)

    assert fault.value.cures == ("write 12-20; to search for these words: text:20-12",)


def test_only_a_selector_without_words_is_empty() -> None:
    assert parse_selector([], DESK, text=False).is_empty
    assert not any(parse_selector([word], DESK, text=False).is_empty for word in ("7", "@", "-", "tag:x"))


@pytest.mark.parametrize(
    ("word", "is_narrowed"),
    [
        ("team:sales", True),
        ("7", False),
        ("@", False),
        ("id:7", False),
        ("not:id:7", True),
        ("not:rating:5", True),
        ("not:status:open", False),
        ("status:any", False),
        ("view:done", False),
        ("rating:..2", False),
        ("has:tag,rating", False),
        ("has:follow-up", False),
        ("has:tag", True),
    ],
)
def test_a_list_shows_active_tickets_unless_something_else_is_said(word: str, is_narrowed: bool) -> None:  # noqa: FBT001
    selector = parse_selector([word], DESK, text=True)

    assert (selector.or_active() != selector) is is_narrowed
    assert selector.or_active().filter.mentions(Key.STATUS) or not is_narrowed
