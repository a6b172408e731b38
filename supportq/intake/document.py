"""One JSON document, as an API answers: an array of objects, an object with such an array inside, or one object."""

import json
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from supportq.intake.beside import Known, beside, joined
from supportq.intake.jsonl import Object, object_of, table_of
from supportq.intake.scanning import after_blank, end_of, items, members
from supportq.intake.source import Source
from supportq.intake.table import Table
from supportq.intake.text import encoding_of, open_text

_LISTS = ("tickets", "conversations", "issues", "results", "messages", "data")
_EMBEDDED = "_embedded"


def open_document(source: Source, *, encoding: str | None = None) -> Table:
    """Read each object of the array as one record; the text is held in memory as a whole."""
    with open_text(source, encoding_of(source, encoding)) as lines:
        text = "".join(lines)
    places, known = list(_records(text)), beside(text)
    return table_of(source, lambda: _iter_objects(text, places, known))


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


def _iter_objects(text: str, places: Sequence[tuple[int, int]], known: Known) -> Iterator[Object]:
    line, counted = 1, 0
    for start, end in places:
        line, counted = line + text.count("\n", counted, start), start
        yield object_of(line, joined(text[start:end], known) if known else text[start:end])


def _records(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each record begins and ends, in one document after another; what is broken is one as well."""
    place = after_blank(text, 0)
    while place < len(text):
        array = place if text[place] == "[" else _list_inside(text, place)
        yield from [(place, end_of(text, place))] if array is None else items(text, array)
        place = after_blank(text, end_of(text, place))


def _list_inside(text: str, start: int) -> int | None:
    """Return where the array of records begins in the object that begins here, one object deeper at most."""
    embedded = None
    for key, place in members(text, start):
        if key in _LISTS and text[place : place + 1] == "[":
            return place
        if key == _EMBEDDED and text[place : place + 1] == "{":
            embedded = place
    return None if embedded is None else _list_inside(text, embedded)
