"""A picture of figures as a plain value: what is to be seen, not how it is drawn."""

from collections.abc import Collection
from dataclasses import replace
from enum import StrEnum

from supportq.model.table import Kind
from supportq.values import dataclass


class Shape(StrEnum):
    """What a chart shows of its strips."""

    SERIES = "series"  # how each went along time; the marks are the periods
    BARS = "bars"  # which of several is the greatest; the marks are what is compared, in one strip
    SPREAD = "spread"  # how many fall into each class; the marks are classes in order, in one strip
    STACK = "stack"  # what each strip is made up of; the marks are its parts in order
    HEAT = "heat"  # where things gather; a cell for each strip and mark


@dataclass(frozen=True, slots=True)
class Strip:
    """A row of values, one for each mark of the chart; None where there was nothing to measure."""

    name: str
    values: tuple[float | None, ...]

    @property
    def known(self) -> list[float]:
        """Return the values that there are."""
        return [value for value in self.values if value is not None]

    @property
    def last(self) -> float | None:
        """Return the value at the last mark, if there is one."""
        return self.values[-1] if self.values else None


@dataclass(frozen=True, slots=True)
class Chart:
    """Strips of values under the same marks, and what the values are: numbers, rates, or durations in seconds.

    Of the marks that are `cut` the time holds only a part: the first week from its Friday on, today until now.
    """

    shape: Shape
    title: str
    marks: tuple[str, ...]
    strips: tuple[Strip, ...]
    kind: Kind = Kind.NUMBER
    cut: tuple[str, ...] = ()

    @property
    def whole(self) -> "Chart":
        """Return the chart without the marks that are cut, where enough of it is left to be seen."""
        places = [place for place, mark in enumerate(self.marks) if mark not in self.cut]
        if len(places) < 2 or len(places) == len(self.marks):
            return self
        strips = (Strip(strip.name, tuple(strip.values[place] for place in places)) for strip in self.strips)
        return replace(self, marks=tuple(self.marks[place] for place in places), strips=tuple(strips))

    def cut_by(self, marks: Collection[str]) -> "Chart":
        """Return the chart in which these of its marks are cut."""
        return replace(self, cut=tuple(mark for mark in self.marks if mark in marks))

    @property
    def top(self) -> float:
        """Return the value that reaches the edge: the greatest sum of a stack, the whole for rates; never zero."""
        if self.shape is Shape.STACK:
            return max((sum(strip.known) for strip in self.strips), default=0) or 1.0
        if self.kind is Kind.RATE:
            return 1.0
        return max((value for strip in self.strips for value in strip.known), default=0) or 1.0

    def top_of(self, strip: Strip) -> float:
        """Return the value that reaches the edge where a strip lies in a row of its own.

        Times of different things have scales of their own; numbers of one thing and shares can be compared.
        """
        return self.top if self.kind is not Kind.DURATION else max(strip.known, default=0) or 1.0

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to see."""
        return not any(value for strip in self.strips for value in strip.known)
