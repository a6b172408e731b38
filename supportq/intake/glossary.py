"""The words of a file in which another desk says how things stand, and what each is taken to mean."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from supportq.errors import UnknownWord
from supportq.intake.columns import Column, Columns
from supportq.intake.fields import Field
from supportq.intake.table import Table
from supportq.intake.words import Vocabulary, Words, is_nothing

_MOST = 30


class Entry(NamedTuple):
    """A word of a column: in how many rows it stands, and what it means here, empty for a fact."""

    header: str
    word: str
    rows: int
    meaning: str
    is_rejected: bool


def glossary(table: Table, columns: Columns, words: Vocabulary) -> Iterator[Entry]:
    """Yield the words of each column that takes but certain ones, the most frequent first."""
    spoken: dict[Field, Words[Any]] = {
        Field.STATUS: words.statuses,
        Field.PRIORITY: words.priorities,
        Field.CHANNEL: words.channels,
        Field.TEAM: words.teams,
        Field.ASSIGNEE: words.agents,
        Field.CATEGORY: words.categories,
        Field.RATING: words.ratings,
    }
    watched = [(column, Counter[str]()) for column in columns.of(*spoken)]
    for row in table.rows():
        for column, counter in watched if not row.fault else ():
            counter[row.cells[column.index].strip()] += 1
    for column, counter in watched:
        del counter[""]
        for word, count in counter.most_common(_MOST):
            yield _entry(column, word, count, spoken[column.target.field])


def _entry(column: Column, word: str, count: int, words: Words[Any]) -> Entry:
    try:
        meaning = words[word]
    except UnknownWord:
        return Entry(column.header, word, count, "", is_rejected=True)
    if is_nothing(word):
        return Entry(column.header, word, count, "no value", is_rejected=False)
    is_unknown = words.is_lenient and meaning == words[""]
    return Entry(column.header, word, count, "" if is_unknown else str(meaning), is_rejected=False)
