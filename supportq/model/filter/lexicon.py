"""What a filter may speak of: the present moment, and the words that a desk has given meaning to."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import field, replace
from datetime import UTC, datetime, tzinfo
from typing import Protocol

from supportq.errors import NotFound, UnknownWord
from supportq.model.customer import Address
from supportq.model.text import Phrase
from supportq.values import dataclass


class Names(Protocol):
    """The names and addresses of people; whoever is sought is among them, if in a part of a name."""

    def __contains__(self, sought: Address | Phrase) -> bool: ...

    def __iter__(self) -> Iterator[str]: ...


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
    languages: Collection[str] | None = None
    customers: Names | None = None
    organisations: Names | None = None
    fields: Mapping[str, str] | None = None
    views: Mapping[str, str] = field(default_factory=dict)

    def of_settings(self) -> "Lexicon":
        """Return the words of the settings alone: what they ask for need not be on a ticket yet."""
        return replace(self, tags=None, languages=None, customers=None, organisations=None)


class UnknownName(NotFound):
    """A customer or an organisation that nobody is; names the nearest one, or how names are matched."""

    def __init__(self, what: str, word: str, known: Iterable[str]) -> None:
        from difflib import get_close_matches

        spelt = {part for name in known for part in (name.casefold(), *name.casefold().split())}
        nearest = get_close_matches(word.casefold(), sorted(spelt), n=1, cutoff=0.75)
        told = [f'did you mean "{what}:{name}"?' if " " in name else f"did you mean {what}:{name}?" for name in nearest]
        super().__init__(
            f'no {what} "{word}" in this queue',
            *(told or (f"the first letters of a name are enough: {what}:{word[:2].strip()}",)),
        )


def check_name(what: str, word: str, sought: Address | Phrase, known: Names | None) -> None:
    """Raise UnknownName where nobody is called so."""
    if known is not None and sought not in known:
        raise UnknownName(what, word, known)


def resolve(what: str, word: str, known: Collection[str] | None) -> str:
    """Return the known word that is meant, whatever its case; raise UnknownWord when there is none."""
    if known is None or word in known:
        return word
    for candidate in known:
        if candidate.casefold() == word.casefold():
            return candidate
    raise UnknownWord(what, word, known)
