"""JSON lines: one object a line, its keys as columns; `{"customer": {"email": ...}}` is the column `customer.email`."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from supportq.errors import SupportqError
from supportq.intake.source import Source
from supportq.intake.table import Row, Table
from supportq.intake.text import encoding_of, open_text

_DECODER = json.JSONDecoder(object_pairs_hook=tuple, parse_int=str, parse_float=str, parse_constant=str)


_MENDED = re.compile(r'\A\{\s*"line"\s*:\s*\d+\s*,\s*"reason"\s*:\s*"(?:[^"\\]|\\.)*"\s*,\s*')


class _Object(NamedTuple):
    line: int
    cells: dict[str, str]
    text: str
    fault: str = ""


def open_jsonl(source: Source, *, encoding: str | None = None) -> Table:
    """Read all keys of all lines, in the order of their first appearance, as the columns.

    The keys `line` and `reason` in front of the objects of a mended reject file are left out.
    """
    encoding = encoding_of(source, encoding)
    columns: dict[str, None] = {}
    for found in _iter_objects(source, encoding):
        columns.update(dict.fromkeys(found.cells))
    if not columns:
        raise _without_objects(source)
    header = tuple(columns)

    def rows() -> Iterator[Row]:
        for line, cells, text, fault in _iter_objects(source, encoding):
            yield Row(line, [cells.get(column, "") for column in header], fault, (text,))

    return Table(header, rows, delimiter="")


def _without_objects(source: Source) -> SupportqError:
    cause = f"{source.name}: no line holds a JSON object" if source.size else f"{source.name} is empty"
    if source.head(1) == b"[":
        return SupportqError(cause, "this is one JSON array; make lines of it: jq -c '.[]'")
    return SupportqError(cause, 'each line is one inquiry: {"email": "ann@example.com", "subject": "..."}')


def _iter_objects(source: Source, encoding: str) -> Iterator[_Object]:
    with open_text(source, encoding) as lines:
        for line, raw in enumerate(lines, 1):
            if text := raw.strip():
                yield _object(line, _MENDED.sub("{", text))


def _object(line: int, text: str) -> _Object:
    try:
        return _Object(line, _cells(_DECODER.decode(text)), text)
    except (ValueError, RecursionError) as fault:
        return _Object(line, {}, text, f"no inquiry as a JSON object: {fault}")


def _cells(value: Any) -> dict[str, str]:
    if not isinstance(value, tuple):
        raise ValueError("the line holds something else")  # noqa: TRY004 - a fault of the data, not of a type
    pairs = [pair for key, inner in value for pair in _flattened(key, inner)]
    cells = dict(pairs)
    if len(cells) < len(pairs) or not cells:
        raise ValueError("a key stands there twice" if cells else "it is empty")
    return cells


def _flattened(key: str, value: Any) -> Iterator[tuple[str, str]]:
    """Yield the cells of one key; objects inside become columns of their own, lists of words one cell."""
    if type(value) is str:
        yield key, value
    elif type(value) is tuple and value:
        for inner_key, inner in value:
            yield from _flattened(f"{key}.{inner_key}", inner)
    else:
        yield key, _written(value)


def _written(value: Any) -> str:
    if value is None or value == ():
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ";".join(value)
    return json.dumps(_plain(value), ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return {key: _plain(inner) for key, inner in value}
    return [_plain(item) for item in value] if isinstance(value, list) else value
