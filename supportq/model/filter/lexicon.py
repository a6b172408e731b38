"""What a filter may speak of: the present moment, and the words that a desk has given meaning to."""

from collections.abc import Collection, Mapping
from dataclasses import field
from datetime import UTC, datetime, tzinfo

from supportq.errors import UnknownWord
from supportq.values import dataclass


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of a desk; where a set is None, any word is taken as it stands.

    `now` is a whole second, `me` the agent who asks; fields have types, views are filters as they were written.
    """

    now: datetime
    zone: tzinfo = UTC
    me: str | None = None
    teams: Collection[str] | None = None
    agents: Collection[str] | None = None
    categories: Collection[str] | None = None
    tags: Collection[str] | None = None
    fields: Mapping[str, str] | None = None
    views: Mapping[str, str] = field(default_factory=dict)


def resolve(what: str, word: str, known: Collection[str] | None) -> str:
    """Return the known word that is meant, whatever its case; raise UnknownWord when there is none."""
    if known is None or word in known:
        return word
    for candidate in known:
        if candidate.casefold() == word.casefold():
            return candidate
    raise UnknownWord(what, word, known)
