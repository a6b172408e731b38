"""What every kind of file is read as: named columns, and rows with the line that each began on."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from supportq.intake.record import DECODER, Record
from supportq.values import dataclass


class Row(NamedTuple):
    """One row: its first physical line, its cells, and what is wrong with its form, if anything.

    `kept` is the row as it stands in the file, where that is not its cells: the text of an object as the only one, or
    the row that this one was unfolded from. `number` counts the records, where the line does not tell which it is.
    """

    line: int
    cells: Sequence[str]
    fault: str = ""
    kept: Sequence[str] = ()
    number: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A file as rows under columns; `rows` starts from the top each time it is called.

    The delimiter stands between cells; it is empty where a row is a text. `header` is what stands above the rows as
    they are kept, where that is not the columns. Of a workbook one `sheet` is read, and others are left `unread`.
    `mended` tells a reject file from the file that was read first.
    """

    columns: tuple[str, ...]
    rows: Callable[[], Iterator[Row]]
    delimiter: str = ","
    header: tuple[str, ...] = ()
    sheet: str = ""
    unread: tuple[str, ...] = ()
    mended: bool = False

    def record(self, row: Row) -> Record:
        """Return a row with its headers, or the object that it is in the file."""
        if not self.delimiter:
            return Record(DECODER.decode(row.kept[0]))
        cells: dict[str, list[str]] = {}
        for header, cell in zip(self.columns, row.cells, strict=True):
            cells.setdefault(header, []).append(cell)
        return Record({header: found[0] if len(found) == 1 else found for header, found in cells.items()})
