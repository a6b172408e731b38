"""Tab-separated values: one tab for each column, one line for each row, for shells and programs."""

from collections.abc import Iterator

from supportq.model.table import Table
from supportq.output.cells import writers_of_text
from supportq.output.clean import clean
from supportq.output.formats import headed
from supportq.output.sheet import Sheet

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def write(table: Table, sheet: Sheet) -> Iterator[str]:
    r"""Yield a line for each row, with tab, line ends and backslash inside a cell written as \t, \n, \r and \\."""
    table = table.visible()
    header = "\t".join(column.field for column in table.columns) + "\n"
    return headed([header] if sheet.header else [], _lines(table, sheet), silent=table.silent)


def _lines(table: Table, sheet: Sheet) -> Iterator[str]:
    writers = writers_of_text(table.columns)
    tabs = len(writers) - 1
    for row in table.rows:
        cells = [write(cell) for write, cell in zip(writers, row, strict=True)]
        line = "\t".join(cells)
        if "\\" in line or "\n" in line or "\r" in line or line.count("\t") != tabs or sheet.terminal:
            escaped = [cell.translate(_ESCAPES) for cell in cells]
            line = "\t".join(map(clean, escaped) if sheet.terminal else escaped)
        yield line + "\n"
