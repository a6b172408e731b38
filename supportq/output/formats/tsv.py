"""Tab-separated values: one tab for each column, one line for each row, for shells and programs."""

from collections.abc import Iterator

from supportq.model.table import Table
from supportq.output.cells import writers_of_text
from supportq.output.clean import clean
from supportq.output.formats import headed
from supportq.output.sheet import Sheet

_CONTROLS = (
    *range(0x20),
    *range(0x7F, 0xA0),
    0x61C,
    *range(0x200E, 0x2010),
    *range(0x2028, 0x202F),
    *range(0x2066, 0x206A),
)
_ESCAPES = {code: f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" for code in _CONTROLS}
_ESCAPES |= str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def write(table: Table, sheet: Sheet) -> Iterator[str]:
    r"""Yield a line for each row, with tab, line ends and backslash inside a cell written as \t, \n, \r and \\.

    Whatever else could act on a terminal behind the pipe is written by its number: \x1b, \u202e.
    """
    table = table.visible()
    header = "\t".join(column.field for column in table.columns) + "\n"
    return headed([header] if sheet.header else [], _lines(table, sheet), silent=table.silent)


def _lines(table: Table, sheet: Sheet) -> Iterator[str]:
    writers = writers_of_text(table.columns)
    for row in table.rows:
        cells = [write(cell) for write, cell in zip(writers, row, strict=True)]
        text = "".join(cells)
        if sheet.terminal or "\\" in text or not text.isprintable():
            escaped = [cell.translate(_ESCAPES) for cell in cells]
            cells = [clean(cell) for cell in escaped] if sheet.terminal else escaped
        yield "\t".join(cells) + "\n"
