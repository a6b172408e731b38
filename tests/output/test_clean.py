from unicodedata import bidirectional, category

import pytest
from exhibits import HOSTILE, UNFINISHED
from hypothesis import example, given, settings
from hypothesis import strategies as st

from supportq.output.clean import clean

NASTY = st.text(st.sampled_from("\x1b\x9b\x9d\x9c\x07[]P\\;m0a \n\r\t\u202e\u200b\ufeff\ud800é")) | st.text()


@given(NASTY, st.booleans())
@settings(max_examples=200)
def test_nothing_that_acts_on_a_terminal_comes_through(text: str, multiline: bool) -> None:  # noqa: FBT001 - drawn
    kept = clean(text, multiline=multiline)

    allowed = "\n\t" if multiline else ""
    assert not [c for c in kept if category(c) in {"Cc", "Cs", "Zl", "Zp"} and c not in allowed]
    assert not [c for c in kept if bidirectional(c) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}]
    assert not set(kept) & set("\u200e\u200f\u061c\ufeff")


@given(NASTY, st.booleans())
@example("\x1b\x1b[mm", False)
@settings(max_examples=200)
def test_cleaning_twice_is_cleaning_once(text: str, multiline: bool) -> None:  # noqa: FBT001 - drawn
    once = clean(text, multiline=multiline)

    assert clean(once, multiline=multiline) == once


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Grüße, 日本語 👩‍👧, [bold] :smile:", "Grüße, 日本語 👩‍👧, [bold] :smile:"),
        ("a\x1b[31mred\x1b[0m", "ared"),
        ("a\x1b]52;c;cm0=\x07b\x1bPq#\x1b\\c", "abc"),
        ("\x1b]8;;http://evil\x1b\\here\x1b]8;;\x1b\\", "here"),
        ("\x1b]never ended", "never ended"),
        ("a\x00b", "a�b"),
        ("user\u202etxt.exe", "usertxt.exe"),
        ("one\r\ntwo\tthree", "one two three"),
    ],
)
def test_sequences_go_whole_and_controls_leave_a_mark(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_line_ends_and_tabs_stay_where_there_are_lines() -> None:
    assert clean("one\r\ntwo\rthree\u2028\tfour", multiline=True) == "one\ntwo\nthree\n\tfour"


@pytest.mark.parametrize("piece", UNFINISHED)
def test_a_megabyte_of_unfinished_sequences_leaves_nothing_that_acts(piece: str) -> None:
    kept = clean(piece * (1_000_000 // len(piece)))

    assert not [c for c in set(kept) if category(c) == "Cc"]


def test_hostile_strings_are_all_covered() -> None:
    assert all(clean(text).isprintable() for text in HOSTILE)
