"""Comma-separated values as in RFC 4180: CRLF after each row, line ends inside quotes kept."""

import csv
from collections.abc import Callable, Iterator
from typing import Any

from supportq.model.table import Cell, Column, Kind, Table
from supportq.output.cells import writers_of_text
from supportq.output.sheet import Sheet

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


class _Echo:
    """A file that hands each line back, so that a row can be yielded as soon as it is known."""

    def write(self, line: str) -> str:
        return line


def write(table: Table, sheet: Sheet) -> Iterator[str]:
    """Yield a header, then a line for each row."""
    table = table.visible()
    writers = _writers(table.columns, guarded=sheet.spreadsheet)
    to_line: Callable[[list[str]], Any] = csv.writer(_Echo()).writerow
    if sheet.header:
        yield to_line([column.field for column in table.columns])
    for row in table.rows:
        yield sheet.data(to_line([write(cell) for write, cell in zip(writers, row, strict=True)]))


def _writers(columns: tuple[Column, ...], *, guarded: bool) -> list[Callable[[Any], str]]:
    writers = writers_of_text(columns)
    if not guarded:
        return writers
    return [
        _without_formulas(write) if column.kind in {Kind.TEXT, Kind.LIST} else write
        for column, write in zip(columns, writers, strict=True)
    ]


def _without_formulas(write: Callable[[Any], str]) -> Callable[[Any], str]:
    def write_guarded(cell: Cell) -> str:
        text = write(cell)
        return f"'{text}" if text.startswith(_FORMULA_STARTS) else text

    return write_guarded
