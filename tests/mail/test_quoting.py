"""Quotes and signatures are folded for display, and a customer's own words never are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportq.mail.quoting import without_quotes

HISTORY = """
-----{rule}-----
{who}: Ann Lee <ann@loom.example>
{when}: Friday, 20 November 2026 10:00
{whom}: Ida Berg
{about}: Loom

It is on its way.
Ann
"""


@pytest.mark.parametrize(
    "words",
    [
        ("Original Message", "From", "Sent", "To", "Subject"),
        ("Ursprüngliche Nachricht", "Von", "Gesendet", "An", "Betreff"),
        ("Исходное сообщение", "От", "Дата", "Кому", "Тема"),
    ],
)
def test_the_mail_below_an_answer_is_folded_in_any_language(words: tuple[str, ...]) -> None:
    below = HISTORY.format(**dict(zip(("rule", "who", "when", "whom", "about"), words, strict=True)))

    assert without_quotes(f"Thank you!{below}") == "Thank you!\n[8 quoted lines]"


def test_a_forwarded_mail_with_nothing_above_is_what_there_is_to_read() -> None:
    below = HISTORY.format(rule="Forwarded", who="From", when="Date", whom="To", about="Subject")

    assert "It is on its way." in without_quotes(below)


def test_a_signature_of_several_lines_is_folded_above_a_quote_too() -> None:
    said = "Thank you!\n\n-- \nIda Berg\nLooms & Co\n\n> It is\n> on its\n> way\n"

    assert without_quotes(said) == "Thank you!\n\n[3 lines of signature]\n[3 quoted lines]"


@pytest.mark.parametrize(
    "said",
    [
        "Thanks.\n-- \nIda",
        "a ------ b",
        "-- \nall of it\nis below",
        "Cost:\n-----\nprice: 3\n-----\nbye",
        "1 > 2\n> x\nyes",
    ],
)
def test_what_only_looks_like_it_stays(said: str) -> None:
    assert without_quotes(said) == said


LINES = st.sampled_from(["yes", "> no", "-- ", "-----x-----", "From: a b", "Sent: c d", "To: e f", "", "__________"])


@given(st.lists(LINES, max_size=30))
def test_folding_leaves_a_word_of_what_is_folded_and_all_that_stands_first(lines: list[str]) -> None:
    text = "\n".join(["mine", *lines])

    folded = without_quotes(text)

    assert folded.startswith("mine")
    assert len(folded.splitlines()) <= len(lines) + 1
