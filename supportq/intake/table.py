"""What every kind of file is read as: named columns, and rows with the line that each began on."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from supportq.values import dataclass


class Row(NamedTuple):
    """One row: its first physical line, its cells as they stand, and what is wrong with its form, if anything."""

    line: int
    cells: Sequence[str]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A file as rows under columns; `rows` starts from the top each time it is called."""

    columns: tuple[str, ...]
    rows: Callable[[], Iterator[Row]]
    delimiter: str = ","
