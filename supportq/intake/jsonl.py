"""JSON lines: one object a line, its keys as columns; `{"customer": {"email": ...}}` is the column `customer.email`."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from supportq.errors import SupportqError
from supportq.intake.record import DECODER, flattened
from supportq.intake.source import Source
from supportq.intake.table import Row, Table
from supportq.intake.text import encoding_of, open_text

_MENDED = re.compile(r'\A\{\s*"line"\s*:\s*\d+\s*,\s*"reason"\s*:\s*"(?:[^"\\]|\\.)*"\s*,\s*')


RAW = "raw"
"""The key in a reject file under which a line stands that is no object."""


class Object(NamedTuple):
    """One object: the line it begins on, its cells by their paths, its text, and what is wrong with it, if anything.

    `number` says which object of the file it is, where another one begins on that line before it.
    """

    line: int
    cells: Mapping[str, str]
    text: str
    fault: str = ""
    number: int = 0


def open_jsonl(source: Source, *, encoding: str | None = None) -> Table:
    """Read one object a line; of a mended reject file, what stands behind the keys `line` and `reason`."""
    encoding = encoding_of(source, encoding)
    return table_of(source, lambda: _iter_lines(source, encoding))


def table_of(source: Source, objects: Callable[[], Iterable[Object]]) -> Table:
    """Return objects as rows; all keys of all of them are the columns, in the order of their first appearance."""
    columns: dict[str, None] = {}
    for found in objects():
        columns.update(dict.fromkeys(found.cells))
    if not columns:
        raise _without_objects(source)
    header = tuple(columns)

    def rows() -> Iterator[Row]:
        for line, cells, text, fault, number in objects():
            yield Row(line, [cells.get(column, "") for column in header], fault, (text,), number)

    return Table(header, rows, delimiter="")


def _without_objects(source: Source) -> SupportqError:
    cause = f"{source.name}: no JSON object in it says anything" if source.size else f"{source.name} is empty"
    return SupportqError(cause, 'each inquiry is an object: {"email": "ann@example.com", "subject": "..."}')


def _iter_lines(source: Source, encoding: str) -> Iterator[Object]:
    with open_text(source, encoding) as lines:
        for line, raw in enumerate(lines, 1):
            if text := raw.strip():
                yield object_of(line, _without_reason(text))


def _without_reason(text: str) -> str:
    """Return a line of a reject file as it stood in the file that was read first."""
    mended = _MENDED.sub("{", text)
    if mended != text and is_object(mended):
        values = DECODER.decode(mended)
        return values[RAW] if values.keys() == {RAW} and isinstance(values[RAW], str) else mended
    return mended


def is_object(text: str) -> bool:
    """Tell whether a text is a JSON object that says anything."""
    try:
        found = DECODER.decode(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and bool(found)


def object_of(line: int, text: str, number: int = 0) -> Object:
    """Read one object from its text."""
    try:
        return Object(line, _cells(DECODER.decode(text)), text, number=number)
    except (ValueError, RecursionError) as fault:
        return Object(line, {}, text, f"no inquiry as a JSON object: {fault}", number)


def _cells(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise ValueError("something else stands there")  # noqa: TRY004 - a fault of the data, not of a type
    pairs = [pair for key, inner in value.items() for pair in flattened(key, inner)]
    cells = dict(pairs)
    if len(cells) < len(pairs) or not cells:
        raise ValueError("a key stands there twice" if cells else "it is empty")
    return cells
