"""One JSON document, as an API answers: an array of objects, an object with such an array inside, or one object."""

import json
from collections.abc import Iterator
from itertools import chain, islice

from supportq.intake.jsonl import Object, object_of, table_of
from supportq.intake.source import Source
from supportq.intake.table import Table
from supportq.intake.text import encoding_of, open_text

_LISTS = ("tickets", "conversations", "issues", "results", "messages", "data")
_EMBEDDED = "_embedded"
_SCANNER = json.JSONDecoder()
_BLANK = " \t\r\n"


def open_document(source: Source, *, encoding: str | None = None) -> Table:
    """Read each object of the array as one record; the text is held in memory as a whole."""
    with open_text(source, encoding_of(source, encoding)) as lines:
        text = "".join(lines)
    places = list(_records(text))
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
    """Yield where each record begins and ends, in one document after another; what is broken is one as well."""
    place = _after_blank(text, 0)
    while place < len(text):
        array = place if text[place] == "[" else _list_inside(text, place)
        yield from [(place, _end(text, place))] if array is None else _items(text, array)
        place = _after_blank(text, _end(text, place))


def _list_inside(text: str, start: int) -> int | None:
    """Return where the array of records begins in the object that begins here, one object deeper at most."""
    embedded = None
    for key, place in _members(text, start):
        if key in _LISTS and text[place : place + 1] == "[":
            return place
        if key == _EMBEDDED and text[place : place + 1] == "{":
            embedded = place
    return None if embedded is None else _list_inside(text, embedded)


def _members(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield each key of an object and where its value begins, as far as it is whole."""
    place = _after_blank(text, start + 1)
    while text[place : place + 1] == '"':
        end = _end(text, place)
        key, place = text[place + 1 : end - 1], _after_blank(text, _after_blank(text, end) + 1)
        yield key, place
        place = _after_blank(text, _end(text, place))
        if text[place : place + 1] != ",":
            return
        place = _after_blank(text, place + 1)


def _items(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield the values of an array; where it breaks off, all that is left of the text is the last of them."""
    place = _after_blank(text, start + 1)
    while text[place : place + 1] != "]":
        end = _find_end(text, place)
        yield place, end or len(text)
        if end is None:
            return
        place = _after_blank(text, end)
        if text[place : place + 1] == ",":
            place = _after_blank(text, place + 1)
        elif text[place : place + 1] != "]":
            yield place, len(text)
            return


def _find_end(text: str, place: int) -> int | None:
    """Return where the value that begins here ends, None when it is broken."""
    try:
        return _SCANNER.raw_decode(text, place)[1]
    except (ValueError, RecursionError):
        return None


def _end(text: str, place: int) -> int:
    return _find_end(text, place) or len(text)


def _after_blank(text: str, place: int) -> int:
    while text[place : place + 1] and text[place] in _BLANK:
        place += 1
    return place
