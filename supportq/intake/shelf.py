"""Rows laid aside on the disk, to be taken up again in another order."""

import marshal
from array import array
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO, Self

from supportq.intake.table import Row
from supportq.values import dataclass


@dataclass(frozen=True, slots=True)
class Shelf:
    """Rows in a temporary file, by their places: a row takes eight bytes of memory, however much it says."""

    _file: IO[bytes]
    _starts: "array[int]"

    @classmethod
    @contextmanager
    def open(cls) -> Iterator[Self]:
        """Lend an empty shelf."""
        with TemporaryFile() as file:
            yield cls(file, array("q"))

    def lay(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Lay rows aside, one behind the other, and yield each once more."""
        for row in rows:
            self._starts.append(self._file.tell())
            marshal.dump((row.line, list(row.cells), row.fault, list(row.kept), row.number), self._file)
            yield row

    def take(self, place: int) -> Row:
        """Return the row at a place."""
        self._file.seek(self._starts[place])
        return Row(*marshal.load(self._file))  # noqa: S302 - nobody else has written it
