"""JSON Lines: one object for each row."""

from collections.abc import Iterator, Mapping

from supportq.model.table import Table
from supportq.output.cells import json_value
from supportq.output.formats.json import encoder, objects
from supportq.output.outcome import Page
from supportq.output.sheet import Sheet


def write(table: Table, sheet: Sheet) -> Iterator[str]:
    """Yield one line for each row."""
    return (line + "\n" for line in objects(table, sheet))


def write_page(page: Page, sheet: Sheet) -> Iterator[str]:
    """Yield the record of a page as one line, or a line for each where there are several."""
    encode = encoder(sheet)
    records = [page.record] if isinstance(page.record, Mapping) else page.record
    return (encode(json_value(record)) + "\n" for record in records)
