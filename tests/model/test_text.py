"""Folding and phrases, against the search index of SQLite itself."""

import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportq.errors import UsageError
from supportq.model.text import fold, parse_phrase, tokens

SPELT = str.maketrans({"ł": "l", "Ł": "L", "ё": "е", "Ё": "Е", "ß": "ss"})
"""What the queue's view does to a text before SQLite indexes it."""

LETTERS = "abAB lłŁsSßẞ eéÉeеёЁийЙ ñ 1² .-'\n\t_ \u0301\u0306\u0489 🎉🤗₽"


def is_long_known(character: str) -> bool:
    """Tell whether old Unicode has the character, and in the same class as today's."""
    then, now = unicodedata.ucd_3_2_0.category(character), unicodedata.category(character)
    return then[0] == now[0] and then not in {"Cn", "Co", "Cs"}


@pytest.fixture
def index() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("create virtual table search using fts5(body, tokenize='unicode61 remove_diacritics 2')")
        database.execute("create virtual table word using fts5vocab(search, 'instance')")
        yield database


def indexed(database: sqlite3.Connection, texts: Iterable[str]) -> list[list[str]]:
    """Return the words that SQLite finds in each text."""
    rows = [(number, text.translate(SPELT)) for number, text in enumerate(texts)]
    database.execute("delete from search")
    database.executemany("insert into search (rowid, body) values (?, ?)", rows)
    words: list[list[str]] = [[] for _ in rows]
    for number, word in database.execute("select doc, term from word order by doc, offset"):
        words[number].append(word)
    return words


def test_every_long_known_character_is_folded_as_the_index_folds_it(index: sqlite3.Connection) -> None:
    texts = [f"a{character}b" for character in map(chr, range(1, 0x110000)) if is_long_known(character)]

    ours = [tokens(text) for text in texts]

    assert len(texts) > 90_000
    assert [pair for pair in zip(ours, indexed(index, texts), strict=True) if pair[0] != pair[1]] == []


def test_emoji_are_folded_as_the_index_folds_them(index: sqlite3.Connection) -> None:
    texts = [f"a{chr(point)}b" for point in [*range(0x2600, 0x2800), *range(0x1F000, 0x1FB00)]]

    assert [tokens(text) for text in texts] == indexed(index, texts)


@settings(max_examples=200)
@given(
    st.text(LETTERS, max_size=20), st.text(LETTERS, min_size=1, max_size=4).filter(tokens), st.sampled_from(["", "*"])
)
def test_a_phrase_is_found_where_the_index_finds_it(text: str, sought: str, star: str) -> None:
    phrase = parse_phrase(sought + star)
    query = f'"{" ".join(phrase.words)}"{star}'

    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("create virtual table search using fts5(body, tokenize='unicode61 remove_diacritics 2')")
        database.execute("insert into search values (?)", [text.translate(SPELT)])
        found = database.execute("select count(*) from search where search match ?", [query]).fetchone() == (1,)

    assert (phrase.needle in fold(text)) is found


def test_accents_and_case_make_no_difference() -> None:
    assert tokens("Łączność, STRASSE straße Ёлка") == ["lacznosc", "strasse", "strasse", "елка"]


def test_a_phrase_needs_a_letter_or_a_digit() -> None:
    with pytest.raises(UsageError, match=r'no word to search for in "!\?"'):
        parse_phrase("!?")
