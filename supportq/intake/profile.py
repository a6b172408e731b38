"""What an export of another desk looks like: its headers, what they mean here, and its words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from functools import cached_property

from supportq.intake.fields import Field, Target, fold, parse_target, without_prefix
from supportq.intake.record import Record
from supportq.values import dataclass

Cells = Mapping[str, str]
"""A row by its headers; what it leaves out is empty."""

Words = Mapping[str, str]
"""Words of another desk, each with the word for it here."""


@dataclass(frozen=True)
class Profile:
    """One form of file that one system writes.

    A file is of this form when it has all headers of the `signature`; or the key and three headers that are `telling`,
    since people choose the columns of an export and no other system calls them so. `columns` name the field of each
    header, the better one first where two claim the same; what they don't name is kept as a fact. `source` is the name
    under which its tickets are known again, the same for all forms of one system. `unfold` makes rows of one record,
    where those are not the same thing: a ticket with its messages. With `in_any_order` an answer may stand before its
    question; with `by_message` each row is one message and repeats how its conversation ended. Of both the rows are
    laid aside on the disk, and only what orders them is held. What `follows` goes on with tickets of another file.
    `translations` are headers in other languages, parted by commas, by those of the columns; of a header with brackets,
    what stands before them.
    """

    title: str
    source: str
    signature: tuple[str, ...]
    columns: Mapping[str, str]
    statuses: Words = field(default_factory=dict)
    priorities: Words = field(default_factory=dict)
    channels: Words = field(default_factory=dict)
    ratings: Words = field(default_factory=dict)
    unfold: Callable[[Record], Iterable[Cells]] | None = None
    translations: Mapping[str, str] = field(default_factory=dict)
    in_any_order: bool = False
    by_message: bool = False
    follows: bool = False
    telling: tuple[str, ...] = ()

    def fits(self, headers: Iterable[str]) -> bool:
        """Tell whether all headers of the signature are among these, whatever their case and spacing."""
        return not self.missing(headers)

    def missing(self, headers: Iterable[str]) -> list[str]:
        """Return the headers of the signature that are not among these."""
        keys = {header_key(header) for header in self.translated(headers)}
        return [header for header in self.signature if header_key(header) not in keys]

    def told_by(self, headers: Iterable[str]) -> list[str]:
        """Return the telling headers that are among these."""
        keys = {header_key(header) for header in self.translated(headers)}
        return [header for header in self.telling if header_key(header) in keys]

    def is_likely(self, headers: Sequence[str]) -> bool:
        """Tell whether a file is of this form though it lacks some headers of the signature."""
        return len(self.told_by(headers)) >= _ENOUGH and self.has(headers, Field.KEY)

    def has(self, headers: Iterable[str], *fields: Field) -> bool:
        """Tell whether one of these headers means one of some fields."""
        found = filter(None, map(self.find, self.translated(headers)))
        return any(target.field in fields for target, _ in found)

    def translated(self, headers: Iterable[str]) -> tuple[str, ...]:
        """Return the headers as they are in the language of the columns, as far as they have a translation."""
        return tuple(map(self._translated, headers)) if self.translations else tuple(headers)

    def _translated(self, header: str) -> str:
        beginning, bracket, rest = header.partition("(")
        if known := self._by_translation.get(header_key(header)):
            return known
        known = self._by_translation.get(header_key(beginning)) if bracket else None
        return f"{known}{bracket}{rest}" if known else header

    def find(self, header: str) -> tuple[Target, int] | None:
        """Return what a header means and its rank among those that mean the same, 0 for best; None if unknown."""
        return self._targets.get(without_prefix(header_key(header), self._targets))

    @property
    def is_foreign(self) -> bool:
        """Tell whether it is the form of a certain system, and not just any table."""
        return bool(self.signature)

    @cached_property
    def _by_translation(self) -> Mapping[str, str]:
        spelled = ((known, each) for known, spellings in self.translations.items() for each in spellings.split(", "))
        return {header_key(each): known for known, each in spelled}

    @cached_property
    def _targets(self) -> Mapping[str, tuple[Target, int]]:
        return {
            header_key(header): (parse_target(field), rank) for rank, (header, field) in enumerate(self.columns.items())
        }


_ENOUGH = 3


def header_key(header: str) -> str:
    """Return the form in which equal headers are equal, also for those that hold no letter, as Zammad's `#`."""
    return fold(header) or header.strip()
