"""What an import is to do with its rows, and what became of them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import field
from enum import StrEnum
from functools import partial
from hashlib import blake2b
from itertools import chain

from supportq.errors import UnknownWord
from supportq.values import dataclass
from supportq.work.habits import Habits


class OnDuplicate(StrEnum):
    """What to do with a row whose key was imported before, with something else; to hold it back is to tell of it."""

    HOLD = "hold"
    SKIP = "skip"
    UPDATE = "update"
    FAIL = "fail"


def on_duplicate_named(word: str) -> OnDuplicate:
    """Return what such a word asks for; raise UnknownWord."""
    if word not in set(OnDuplicate):
        raise UnknownWord("way to deal with duplicates", word, OnDuplicate)
    return OnDuplicate(word)


@dataclass(slots=True, eq=False)
class Tally:
    """What an import has done so far with a file: rows by what became of them, and the numbers of the new tickets.

    `held` has the first few keys of rows that differ, each with its ticket, `foreign` the keys that another
    customer's inquiry has, `withheld` those of tickets that stay as they are but for what is said on them. `opened`
    counts the new tickets for which the rules found somebody to look after them; `continued` holds tickets that were
    told more, `unsure` counts what may have been an answer, by its author. `resumed` is the change of an earlier run,
    with which it went on.
    `before` is that of the file before, and `passed` is what was gone by in all of them.
    """

    change_id: int = 0
    resumed: int = 0
    imported: int = 0
    opened: int = 0
    continued: set[int] = field(default_factory=set)
    threaded: int = 0
    unsure: Counter[str] = field(default_factory=Counter)
    updated: int = 0
    unchanged: int = 0
    differing: int = 0
    outdated: int = 0
    held: list[tuple[str, int]] = field(default_factory=list)
    foreign: set[str] = field(default_factory=set)
    withheld: set[str] = field(default_factory=set)
    rejected: int = 0
    new: list[range] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    passed: blake2b = field(default_factory=partial(blake2b, digest_size=16))
    before: "Tally | None" = None

    def following(self, *, is_of_others: bool) -> "Tally":
        """Return the tally of the next file of the import; one of others has keys of its own."""
        return Tally(
            change_id=self.change_id,
            resumed=self.resumed,
            foreign=set() if is_of_others else self.foreign,
            withheld=set() if is_of_others else self.withheld,
            passed=self.passed,
            before=self,
        )

    @property
    def rows(self) -> int:
        """Return how many rows were dealt with."""
        return (
            self.imported
            + self.threaded
            + self.updated
            + self.unchanged
            + self.differing
            + self.outdated
            + self.rejected
        )

    @property
    def tickets(self) -> Iterator[int]:
        """Return the numbers of the new tickets."""
        return chain.from_iterable(self.new)

    @property
    def all_tickets(self) -> Iterator[int]:
        """Return the numbers of the new tickets, with those of the files before."""
        return chain(self.before.all_tickets if self.before else (), self.tickets)

    @property
    def all_rejected(self) -> int:
        """Return how many rows were rejected, with those of the files before."""
        return self.rejected + (self.before.all_rejected if self.before else 0)


@dataclass(frozen=True, slots=True)
class Manner:
    """How rows are taken in; `refers_to` is the source of the tickets that they speak of, where it is not theirs.

    Of those that are `lost` no message can be taken. What `is_full` tells all that was said on tickets of a list.
    """

    habits: Habits | None = None
    on_duplicate: OnDuplicate = OnDuplicate.HOLD
    max_rejects: int | None = None
    refers_to: str = ""
    lost: frozenset[str] = frozenset()
    is_full: bool = False
    is_of_tickets: bool = False
    begun_under: tuple[str, ...] = ()

    @property
    def is_held(self) -> bool:
        """Tell whether rows that differ are held back, which the person must hear of."""
        return self.on_duplicate is OnDuplicate.HOLD
