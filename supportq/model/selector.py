"""A selector: which tickets a command is about, by number, by what was touched last, from stdin or by a filter."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from supportq.errors import UsageError
from supportq.model.filter.terms import Filter, Key, Term, Trait
from supportq.model.ticket import ACTIVE, Status
from supportq.values import dataclass

if TYPE_CHECKING:
    from supportq.model.filter import Lexicon

TOUCHED, STDIN = "@", "-"


@dataclass(frozen=True, slots=True)
class Selector:
    """Tickets by number, or those of them that also pass the filter; with only a filter, all that pass it.

    `ids` are first and last numbers, `touched` adds the last ticket this agent touched, `stdin` the numbers read there.
    """

    ids: tuple[tuple[int, int], ...] = ()
    touched: bool = False
    stdin: bool = False
    filter: Filter = Filter()

    @property
    def names_tickets(self) -> bool:
        """Tell whether tickets are named one by one, and not only by what they are like."""
        return bool(self.ids or self.touched or self.stdin)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was said, so that every ticket would be meant."""
        return not self.names_tickets and not self.filter.terms

    def or_active(self) -> "Selector":
        """Return the selector for a list: of active tickets, unless it names others or asks about the end."""
        asking = Filter(tuple(term for term in self.filter.terms if not term.negated or term.key is Key.STATUS))
        if self.names_tickets or any(asking.mentions(*asked) for asked in _OF_ANY_STATUS):
            return self
        active = Term(Key.STATUS, tuple(status for status in Status if status in ACTIVE))
        return replace(self, filter=Filter((active, *self.filter.terms)))


_OF_ANY_STATUS = (
    (Key.STATUS, None),
    (Key.ID, None),
    (Key.KEY, None),
    (Key.RATING, None),
    (Key.HAS, Trait.RATING),
    (Key.HAS, Trait.FOLLOW_UP),
    (Key.HAS, Trait.WAITING_REPLY),
    (Key.HAS, Trait.MAYBE_SENT_REPLY),
)


def parse_selector(words: Sequence[str], lexicon: "Lexicon", *, text: bool) -> Selector:
    """Read a selector; with `text` (for readers) other words are searched for, without it they are refused."""
    from supportq.model.filter import parse_filter

    ids: list[tuple[int, int]] = []
    terms: list[str] = []
    for word in words:
        found = _find_ids(word)
        ids += found
        if not found and word not in {TOUCHED, STDIN}:
            terms.append(word)
    if not text:
        _refuse_bare(terms, lexicon)
    return Selector(tuple(ids), TOUCHED in words, STDIN in words, parse_filter(terms, lexicon, text=text))


_UNFINISHED = r"#?[0-9]+[-,]|[-,]#?[0-9]+|#?0"


def _find_ids(word: str) -> list[tuple[int, int]]:
    from supportq.model.filter.values import find_ids

    found = [find_ids(part) for part in word.split(",")]
    if re.fullmatch(_UNFINISHED, word):
        raise UsageError(f'"{word}" is no ticket number', f"write 12, 12-20 or 12,15; to search for it: text:{word}")
    return [ids for ids in found if ids] if all(found) else []


def _refuse_bare(words: Sequence[str], lexicon: "Lexicon") -> None:
    from supportq.model.filter import bare_word, is_bare

    for word in filter(is_bare, words):
        raise bare_word(
            word,
            lexicon,
            "choose tickets by number (12  12,15  12-20), @ (the last one touched), - (numbers from stdin)",
            "or by terms: status:open agent:me text:refund",
        )
