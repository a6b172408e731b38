"""What every kind of file is read as: named columns, and rows with the line that each began on."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from supportq.values import dataclass


class Row(NamedTuple):
    """One row: its first physical line, its cells, and what is wrong with its form, if anything.

    `kept` is the row as it stands in the file, where that is not its cells: the text of an object as the only one, or
    the row that this one was unfolded from.
    """

    line: int
    cells: Sequence[str]
    fault: str = ""
    kept: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A file as rows under columns; `rows` starts from the top each time it is called.

    The delimiter stands between cells; it is empty where a row is a text. `header` is what stands above the rows as
    they are kept, where that is not the columns.
    """

    columns: tuple[str, ...]
    rows: Callable[[], Iterator[Row]]
    delimiter: str = ","
    header: tuple[str, ...] = ()
