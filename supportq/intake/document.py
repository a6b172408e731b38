"""One JSON document, as an API answers: an array of objects, an object with such an array inside, or one object."""

import json
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from supportq.errors import SupportqError
from supportq.intake.jsonl import Object, object_of, table_of
from supportq.intake.source import Source
from supportq.intake.table import Table
from supportq.intake.text import encoding_of, open_text

_LISTS = ("tickets", "conversations", "issues", "results", "messages", "data")
_SCANNER = json.JSONDecoder()
_BLANK = " \t\r\n"


def open_document(source: Source, *, encoding: str | None = None) -> Table:
    """Read each object of the array as one record; the text is held in memory as a whole."""
    with open_text(source, encoding_of(source, encoding)) as lines:
        text = "".join(lines)
    try:
        places = list(_records(text))
    except (ValueError, RecursionError) as fault:
        raise SupportqError(f"{source.name} is no JSON document: {fault}", "one object a line? --from jsonl") from None
    return table_of(source, lambda: _iter_objects(text, places))


def is_document(source: Source) -> bool:
    """Tell a document from JSON lines, of which each is an object by itself."""
    source.stream.seek(0)
    first, second = islice(chain(filter(None, map(bytes.strip, source.stream)), (b"", b"")), 2)
    source.stream.seek(0)
    if first.startswith(b"[") or not second:
        return True
    try:
        return not isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return not second.startswith(b"{")


def _iter_objects(text: str, places: list[tuple[int, int]]) -> Iterator[Object]:
    line, counted = 1, 0
    for start, end in places:
        line, counted = line + text.count("\n", counted, start), start
        yield object_of(line, text[start:end])


def _records(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each record begins and ends."""
    start = _after_blank(text, 0)
    if text[start : start + 1] == "[":
        return _items(text, start)
    return _items(text, found) if (found := _list_inside(text, start)) else iter([(start, _value(text, start)[1])])


def _list_inside(text: str, start: int) -> int | None:
    """Return where the array of records begins in the object that begins here, one object deeper at most."""
    embedded = None
    for key, place in _members(text, start):
        if key in _LISTS and text[place] == "[":
            return place
        if key == "_embedded" and text[place] == "{":
            embedded = place
    return _list_inside(text, embedded) if embedded else None


def _members(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield each key of an object and where its value begins."""
    place = _after_blank(text, start + 1)
    while text[place : place + 1] == '"':
        key, end = _value(text, place)
        place = _after_blank(text, _after_blank(text, end) + 1)
        yield key, place
        place = _next(text, place)


def _items(text: str, start: int) -> Iterator[tuple[int, int]]:
    place = _after_blank(text, start + 1)
    while text[place : place + 1] not in {"]", ""}:
        yield place, _value(text, place)[1]
        place = _next(text, place)


def _next(text: str, place: int) -> int:
    """Return where what follows the value that begins here begins, behind a comma if there is one."""
    end = _after_blank(text, _value(text, place)[1])
    return _after_blank(text, end + 1) if text[end : end + 1] == "," else end


def _value(text: str, place: int) -> tuple[Any, int]:
    return _SCANNER.raw_decode(text, place)


def _after_blank(text: str, place: int) -> int:
    while text[place : place + 1] and text[place] in _BLANK:
        place += 1
    return place
