"""Which of day and month comes first in each column of a file, decided over all rows and by what a person says."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from supportq.errors import SupportqError, UnknownWord, first_few
from supportq.intake.columns import Column
from supportq.intake.fields import Field
from supportq.intake.times import Dates, names_zone
from supportq.values import dataclass
from supportq.when import day_order

ORDERS: Mapping[str, bool] = {"dmy": True, "mdy": False}
"""What a person calls the order of a date, and whether the day comes first in it."""

_IN_DOUBT = re.compile(r"\d{1,2}[/-]\d{1,2}[/-](?:\d{4}|\d\d)(?!\d)")
_SAID = {True: "the day", False: "the month"}


class DateColumn:
    """Looks at every value of a column of times, in memory that does not grow with the file."""

    def __init__(self, column: Column) -> None:
        self.column = column
        self._in_doubt: dict[str, None] = {}
        self._is_mixed = False
        self.is_zoneless = False

    def see(self, text: str) -> None:
        """Take note of one more value."""
        if not text or self.column.target.unit:
            return
        if not self.is_zoneless:
            self.is_zoneless = not names_zone(text)
        if text[4:5] != "-" and (found := _IN_DOUBT.match(text)):
            self._in_doubt[found[0]] = None
        else:
            self._is_mixed = True

    def finding(self) -> "Finding":
        """Return what the values show; a few in doubt among others that are not leave the order to each of them."""
        target, example = self.column.target, next(iter(self._in_doubt), "")
        if target.day_first is not None or target.unit is not None:
            return Finding(self.column, target.day_first)
        try:
            order = day_order(self._in_doubt)
        except ValueError as fault:
            return Finding(self.column, contradiction=str(fault), example=example)
        if order is None:
            return Finding(self.column, example="" if self._is_mixed else example, is_open=bool(example))
        proof = next(value for value in self._in_doubt if day_order([value]) is not None)
        return Finding(self.column, order, example=proof)


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether the day comes first in a column, by which example; or one that may be read in two ways.

    Where the order is open, each value must tell it by itself; where there is an `example` of that, none does.
    """

    column: Column
    day_first: bool | None = None
    example: str = ""
    contradiction: str = ""
    is_open: bool = False

    def settled(self, *, said: bool | None) -> "Finding":
        """Return the same with the order that a person says, where the column itself tells none."""
        if said is None or not (self.is_open or self.contradiction):
            return self
        return Finding(self.column, said)

    @property
    def dates(self) -> Dates:
        """Return how the column is read."""
        return Dates(self.column.header, self.day_first, self.column.target.unit)


def order_named(word: str | None) -> bool | None:
    """Return whether the day comes first in such an order; raise UnknownWord."""
    if word is not None and word not in ORDERS:
        raise UnknownWord("order of dates", word, ORDERS)
    return ORDERS[word] if word else None


def find_dates_fault(findings: Sequence[Finding]) -> SupportqError | None:
    """Return what hinders to read the dates of a file, all columns at once, with what other columns show."""
    for found in findings:
        if found.contradiction:
            cause = f'the column "{found.column.header}" can\'t be read: {found.contradiction}'
            return SupportqError(cause, *_cures([found]))
    in_doubt = [found for found in findings if found.is_open and found.example]
    if not in_doubt:
        return None
    told = [f'"{found.example}" in the column "{found.column.header}"' for found in in_doubt]
    return SupportqError(
        f"{first_few(told, between=', ')} can be read in two ways", *_evidence(findings), *_cures(in_doubt)
    )


def _evidence(findings: Iterable[Finding]) -> Iterator[str]:
    for order, first in _SAID.items():
        proofs = [
            f'"{found.column.header}" ({found.example})'
            for found in findings
            if found.day_first is order and found.example
        ]
        if proofs:
            yield f"{first} comes first in {first_few(proofs, between=', ')}"


def _cures(in_doubt: Sequence[Finding]) -> Iterator[str]:
    yield "the day comes first: --dates dmy      the month comes first: --dates mdy"
    column = in_doubt[0].column
    yield f'in one column alone: --map "{column.header}={column.target.field}:dmy", or mdy'


def all_dates(findings: Iterable[Finding]) -> dict[Field, Dates]:
    """Return how each column of times is read."""
    return {found.column.target.field: found.dates for found in findings}
