"""JSON: one array with an object for each row, or the record of a page."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from supportq.model.table import Table
from supportq.output.cells import json_value, writers_of_json
from supportq.output.outcome import Page
from supportq.output.sheet import Sheet

_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def write(table: Table, sheet: Sheet) -> Iterator[str]:
    """Yield an array, a row at a time and a line for each."""
    before = "[\n"
    for line in objects(table, sheet):
        yield before + line
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def write_page(page: Page, sheet: Sheet) -> Iterator[str]:
    """Yield the record of a page, indented."""
    yield encoder(sheet, indent=2)(json_value(page.record)) + "\n"


def objects(table: Table, sheet: Sheet) -> Iterator[str]:
    """Yield each row as a JSON object on one line."""
    table = table.visible()
    encode = encoder(sheet)
    fields = [column.field for column in table.columns]
    writers = writers_of_json(table.columns)
    for row in table.rows:
        cells = [write(cell) for write, cell in zip(writers, row, strict=True)]
        yield encode(dict(zip(fields, cells, strict=True)))


def encoder(sheet: Sheet, indent: int | None = None) -> Callable[[Any], str]:
    """Return a function that writes a value as JSON, with all that a terminal could act on escaped."""
    encode = json.JSONEncoder(ensure_ascii=sheet.ascii, allow_nan=False, indent=indent).encode

    def write_value(value: Any) -> str:
        text = encode(value)
        return text if text.isascii() and "\x7f" not in text else _UNSAFE.sub(_escaped, text)

    return write_value


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
