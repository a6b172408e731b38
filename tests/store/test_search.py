"""Searching all that was said."""

import pytest
from queues import NOW, Bench, ago

from supportq.errors import UsageError
from supportq.model.filter import Lexicon, parse_filter
from supportq.model.text import parse_phrase
from supportq.store.search import Hit, search_rows, snippet


def search(bench: Bench, *words: str, best_first: bool = False, limit: int | None = 20) -> list[Hit]:
    criteria = parse_filter(words, Lexicon(NOW), text=True)
    return list(search_rows(bench.queue, criteria, now=NOW, best_first=best_first, limit=limit))


def test_the_newest_message_comes_first(bench: Bench) -> None:
    old = bench.ask("Parcel", ago(hours=3), body="It is lost")
    new = bench.ask("Other", ago(hours=2), body="Mine is lost too")
    bench.note(old, ago(hours=1), "The carrier has lost it")

    assert [(hit.ticket_id, hit.direction) for hit in search(bench, "lost")] == [
        (old, "note"),
        (new, "in"),
        (old, "in"),
    ]
    assert [hit.ticket_id for hit in search(bench, "lost", limit=1)] == [old]


def test_the_best_message_is_the_one_that_says_it_most(bench: Bench) -> None:
    best = bench.ask("Lost", ago(hours=3), body="Lost, lost, lost")
    bench.ask("Other", ago(hours=2), body="The parcel that you sent on Monday with the other things was lost")

    assert search(bench, "lost", best_first=True)[0].ticket_id == best


def test_all_words_are_sought_in_one_message_and_its_subject(bench: Bench) -> None:
    both = bench.ask("Zamówienie", ago(hours=3), body="It is lost")
    apart = bench.ask("Other", ago(hours=2), body="It is lost")
    bench.note(apart, ago(hours=1), "zamowienie")

    assert [hit.ticket_id for hit in search(bench, "zamow*", "lost")] == [both]


def test_other_terms_narrow_the_search_and_a_view_of_the_ticket_comes_along(bench: Bench) -> None:
    bench.ask("Parcel", ago(hours=3), body="It is lost")
    mine = bench.ask("Order 12", ago(hours=2), body="It is lost", team="sales")

    (hit,) = search(bench, "lost", "team:sales", "not:text:found")

    assert (hit.ticket_id, hit.subject, hit.status, hit.at) == (mine, "Order 12", "new", ago(hours=2))


def test_a_search_needs_words(bench: Bench) -> None:
    with pytest.raises(UsageError, match=r"which words\?"):
        search(bench, "team:sales", "not:text:lost")


@pytest.mark.parametrize(
    "words", ['lost"', "lost AND", "-lost", "(lost", "subject lost", "NEAR(lost", "lost*", "^lost"]
)
def test_what_the_index_takes_for_an_operator_is_a_word_to_us(bench: Bench, words: str) -> None:
    bench.ask("Parcel", ago(hours=3), body='subject lost" and found near(lost')

    assert len(search(bench, words)) == 1


def test_a_snippet_begins_a_little_before_what_was_sought() -> None:
    text = "Dear all,\n\n" + "word " * 50 + "my parcel, it's Łódź-bound, is\tlost " + "end " * 50

    cut = snippet(text, [parse_phrase("lodz bound is lost")])

    assert cut.startswith("… my parcel, it's Łódź-bound, is lost end end")
    assert cut.endswith(" end …")


def test_a_snippet_of_a_message_that_holds_the_words_elsewhere_is_its_beginning() -> None:
    assert snippet("Hello\nthere", [parse_phrase("parcel")]) == "Hello there"
