"""Rows and columns, as reports and lists hand them to whatever shows them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from operator import itemgetter
from typing import Any, Union

from supportq.values import dataclass

Cell = Union[str, int, float, datetime, timedelta, tuple[str, ...], tuple[int, ...], "Amount", None]
Row = tuple[Cell, ...]


class Kind(StrEnum):
    """What the cells of a column mean, from which every format knows how to write them."""

    TEXT = "text"
    NUMBER = "number"
    MOMENT = "moment"
    DURATION = "duration"
    DUE = "due"
    BOOL = "bool"
    LIST = "list"
    TICKETS = "tickets"
    RATE = "rate"
    CLOCK = "clock"  # a kind of clock, or what stands for all of them
    OPEN_TIME = "open_time"  # a duration of which a day is no unit
    MONEY = "money"
    AMOUNT = "amount"  # a number, rate or duration: each cell says which


_LASTING = frozenset({Kind.DURATION, Kind.OPEN_TIME})


@dataclass(frozen=True, slots=True)
class Amount:
    """A cell of a column whose cells are of several kinds: a number or a rate as it is, a duration in seconds."""

    value: float
    kind: Kind = Kind.NUMBER

    def __lt__(self, other: Any) -> bool:
        return bool((self.kind, self.value) < (other.kind, other.value))

    @property
    def unit(self) -> str:
        """Return what a program takes the value to be: count, share or seconds."""
        return {Kind.RATE: "share", Kind.DURATION: "seconds"}.get(self.kind, "count")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the key that machines use, the title that people read, and how it may be drawn.

    A signed one holds differences, whose plus is written for people as well. What is `absent` they read as that. One
    that is read `whole` is never cut: it goes on in further lines. A fact that is `unbroken`, such as a command to
    copy, has a line of its own, however long.
    """

    key: str
    title: str
    kind: Kind = Kind.TEXT
    shown: bool = True
    wide: bool = False
    faint: bool = False
    signed: bool = False
    absent: str = ""
    whole: bool = False
    unbroken: bool = False

    @property
    def field(self) -> str:
        """Return the key in JSON and in headers of data, where a duration names its unit."""
        return f"{self.key}_s" if self.kind in _LASTING else self.key


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and their rows, which may be a lazy iterator; each row holds one cell for every column.

    A moment is a datetime in UTC or its stored text, a duration a timedelta or whole seconds, a rate lies in 0..1.
    The column named by `group` heads groups of rows when drawn; the one named by `standing` says `late` or `at_risk`.
    """

    columns: tuple[Column, ...]
    rows: Iterable[Row]
    title: str = ""
    caption: str = ""
    silent: bool = False
    group: str = ""
    standing: str = ""

    @property
    def shown(self) -> tuple[Column, ...]:
        """Return the columns to show, in their order."""
        return tuple(column for column in self.columns if column.shown)

    def find(self, key: str) -> int | None:
        """Return the place of a column, or None where there is no such column."""
        return next((place for place, column in enumerate(self.columns) if column.key == key), None)

    def choose(self, keys: Sequence[str]) -> "Table":
        """Return the table with these columns shown first, in this order, and the others hidden behind them."""
        places = {column.key: place for place, column in enumerate(self.columns)}
        order = [places[key] for key in keys]
        order += [place for place in range(len(self.columns)) if place not in order]
        columns = tuple(replace(self.columns[place], shown=at < len(keys)) for at, place in enumerate(order))
        return replace(self, columns=columns, rows=_picked(self.rows, order))

    def visible(self) -> "Table":
        """Return the table without its hidden columns."""
        places = [place for place, column in enumerate(self.columns) if column.shown]
        if len(places) == len(self.columns):
            return self
        return replace(self, columns=self.shown, rows=_picked(self.rows, places))


def _picked(rows: Iterable[Row], places: Sequence[int]) -> Iterator[Row]:
    if len(places) == 1:
        return ((row[places[0]],) for row in rows)
    return map(itemgetter(*places), rows)
