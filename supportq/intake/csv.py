"""CSV in any dialect: the delimiter from the header, rows with their lines, and whatever is broken named."""

import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import chain, islice
from typing import NamedTuple, TextIO

from supportq.errors import SupportqError, UsageError
from supportq.intake.source import Source
from supportq.intake.table import Row, Table
from supportq.intake.text import EndlessLine, encoding_of, open_text

LARGEST_CELL = 16 << 20
"""Characters, of which the csv module holds each in four bytes."""
_CELLS_OF_A_LINE = 2
"""So many of the largest cells may stand in one line, which is held as a whole."""
_DELIMITERS = ",;\t|"
_NAMED_DELIMITERS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
_QUOTED = re.compile(r'"(?:[^"]|"")*(?:"|$)')
_DECLARED = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_LOOKED_AT = 20
_MENDED = ("line", "reason")
_CUT = "the file ends inside a quoted cell: the row was cut off, or a quotation mark is missing"


def open_csv(source: Source, *, encoding: str | None = None, delimiter: str | None = None) -> Table:
    """Read the header; the columns `line,reason` in front of a mended reject file are left out of every row."""
    encoding = encoding_of(source, encoding)
    delimiter = _delimiter_named(delimiter) if delimiter else _sniffed(source, encoding)
    preamble, header = _header(source, encoding, delimiter)
    skipped = len(_MENDED) if _is_reject_file(header) else 0
    columns = tuple(header[skipped:])

    first = islice(_iter_rows(source, encoding, delimiter), preamble + 1, preamble + 1 + _LOOKED_AT)
    is_ended = all(len(row.cells) > len(header) and not row.cells[-1] for row in first)

    def rows() -> Iterator[Row]:
        form = _Form(len(columns), skipped, is_ended)
        return islice(_iter_rows(source, encoding, delimiter, form), preamble + 1, None)

    return Table(columns, rows, delimiter, mended=bool(skipped))


def _delimiter_named(text: str) -> str:
    delimiter = _NAMED_DELIMITERS.get(text.lower(), text)
    if len(delimiter) != 1 or delimiter in '"\r\n\0 ':
        raise UsageError(f'"{text}" is no delimiter', "give one character, or: comma semicolon tab pipe")
    return delimiter


def _sniffed(source: Source, encoding: str) -> str:
    with _open_lines(source, encoding) as lines:
        try:
            first = next((line for line in lines if line.strip()), "")
        except EndlessLine:
            raise _too_large(source, 1) from None
    if declared := _DECLARED.fullmatch(first):
        return declared[1]
    return max(_DELIMITERS, key=_QUOTED.sub("", first).count)


def _header(source: Source, encoding: str, delimiter: str) -> tuple[int, Sequence[str]]:
    """Return how many rows stand before the header (a `sep=` line), and the header."""
    for preamble, row in enumerate(_iter_rows(source, encoding, delimiter)):
        if row.fault == _CUT:
            raise SupportqError(f"{source.name}: line {row.line}: {row.fault}")
        if preamble or not _DECLARED.fullmatch(delimiter.join(row.cells)):
            return preamble, row.cells
    raise SupportqError(f"{source.name} is empty", "the first line of a CSV file names its columns")


def _is_reject_file(header: Sequence[str]) -> bool:
    return len(header) > len(_MENDED) and tuple(cell.strip().lower() for cell in header[:2]) == _MENDED


class _Form(NamedTuple):
    """How rows lie: under so many columns, behind so many cells to skip, and with a delimiter at their end."""

    width: int = 0
    skipped: int = 0
    is_ended: bool = False


_HEADER = _Form()


def _iter_rows(source: Source, encoding: str, delimiter: str, form: _Form = _HEADER) -> Iterator[Row]:
    """Yield every row that holds anything, without the cells that are none of its own.

    In a file whose rows end in a delimiter, what follows that is no cell; one row alone that has an empty cell too
    many may have its cells in the wrong columns.

    The csv module takes a quoted cell that the end of the file cuts off as complete. One more line is therefore put
    behind the last: it is a row by itself, or it was swallowed by such a cell.
    """
    csv.field_size_limit(LARGEST_CELL)
    width, skipped, is_ended = form
    ended: list[bool] = []
    line = 1
    with _open_lines(source, encoding) as lines:
        reader = csv.reader(chain(lines, _end(ended)), delimiter=delimiter)
        try:
            for cells in reader:
                if ended:
                    if line < reader.line_num:
                        yield Row(line, [*cells[skipped:-1], cells[-1].removesuffix(_END)], _CUT)
                    return
                if any(cells):
                    del cells[:skipped]
                    while is_ended and len(cells) > width and not cells[-1]:
                        del cells[-1]
                    yield Row(line, cells, "" if len(cells) == width else _ragged(len(cells), width))
                line = reader.line_num + 1
        except (csv.Error, EndlessLine):
            raise _too_large(source, line) from None


def _open_lines(source: Source, encoding: str) -> AbstractContextManager[TextIO]:
    return open_text(source, encoding, longest=_CELLS_OF_A_LINE * LARGEST_CELL)


def _ragged(count: int, width: int) -> str:
    return f"{count} cells where the header has {width}"


_END = "end"


def _end(ended: list[bool]) -> Iterator[str]:
    ended.append(True)
    yield _END


def _too_large(source: Source, line: int) -> SupportqError:
    return SupportqError(
        f"{source.name}: line {line}: a cell of more than {LARGEST_CELL >> 20} MB",
        "a quotation mark that opens there and never closes would do this; mend that line and import again",
    )
