"""One JSON document, as an API answers: an array of objects, an object with such an array inside, or one object."""

import json
from collections.abc import Generator, Iterator
from typing import IO

from supportq.intake.beside import LISTS as BESIDE
from supportq.intake.beside import Known, joined, known_by
from supportq.intake.jsonl import Object, object_of, table_of
from supportq.intake.scanning import Span, Window, items
from supportq.intake.source import Source
from supportq.intake.table import Table
from supportq.intake.text import encoding_of, open_text

_LISTS = ("tickets", "conversations", "issues", "results", "_results", "messages", "data")
_EMBEDDED = "_embedded"
_LONGEST_LINE = 1 << 24


def open_document(source: Source, *, encoding: str | None = None) -> Table:
    """Read each object of the array as one record, one after another; only what stands beside them is held."""
    encoding = encoding_of(source, encoding)
    known = _beside(source, encoding)
    return table_of(source, lambda: _iter_objects(source, encoding, known))


def is_document(source: Source) -> bool:
    """Tell a document from JSON lines, of which each is an object by itself."""
    source.stream.seek(0)
    first, second = _next_line(source.stream), _next_line(source.stream)
    source.stream.seek(0)
    if first.startswith(b"[") or first.endswith((b"[", b"{", b":")) or not second or len(first) == _LONGEST_LINE:
        return True
    if _is_whole(first.removesuffix(b",")):
        return not first.startswith(b"{")
    return not second.startswith(b"{") or (first.endswith(b",") and not _is_whole(second))


def _is_whole(line: bytes) -> bool:
    """Tell whether a line is JSON by itself; a list of records may begin on it, and go on with one a line."""
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _next_line(stream: IO[bytes]) -> bytes:
    """Return the next line that says anything, as much of it as a record may have."""
    return next(filter(None, map(bytes.strip, iter(lambda: stream.readline(_LONGEST_LINE), b""))), b"")


def _beside(source: Source, encoding: str) -> Known:
    if source.head(1) == b"[":
        return {}
    with open_text(source, encoding) as stream:
        window = Window(stream)
        return known_by((name, window.text(start, end)) for name, start, end in _walk(window) if name)


def _iter_objects(source: Source, encoding: str, known: Known) -> Iterator[Object]:
    with open_text(source, encoding) as stream:
        window = Window(stream)
        number = last = 0
        for name, start, end in _walk(window):
            if not name:
                number, line, text = number + 1, window.line(start), window.text(start, end)
                yield object_of(line, joined(text, known) if known else text, number if line == last else 0)
                last = line


def _walk(window: Window) -> Iterator[Span]:
    """Yield the records of one document after another, which have no name, and what stands beside them by its list.

    What is broken is a record as well.
    """
    place = window.after_blank(0)
    while opening := window.at(place):
        if opening == "[":
            place = yield from items(window, place, "", released=True)
        elif opening == "{":
            place = yield from _of_object(window, place)
        else:
            yield "", place, window.end_of(place)
            place = window.end_of(place)
        place = window.after_blank(place)
        window.release(place)


def _of_object(window: Window, start: int) -> Generator[Span, None, int]:
    """Yield the records in the lists of an object, or the object itself where it has none; return where it ends."""
    has_list, place = yield from _of_members(window, start)
    if not has_list:
        place = window.end_of(start)
        yield "", start, place
    elif window.at(place) == "}":
        place += 1
    elif window.at(place):
        yield "", place, window.end()
        place = window.end()
    return place


def _of_members(window: Window, start: int) -> Generator[Span, None, tuple[bool, int]]:
    """Yield what the lists of an object hold; return whether one of them is that of the records, and where it ends."""
    has_list = False
    place = window.after_blank(start + 1)
    while window.at(place) == '"':
        end = window.end_of(place)
        key, place = window.text(place + 1, end - 1), window.after_blank(window.after_blank(end) + 1)
        opening = window.at(place)
        if opening == "[" and (key in BESIDE or (key in _LISTS and not has_list)):
            has_list = has_list or key in _LISTS
            place = yield from items(window, place, "" if key in _LISTS else key, released=has_list)
        elif opening == "{" and key == _EMBEDDED and not has_list:
            has_list, end = yield from _of_members(window, place)
            place = end + 1 if window.at(end) == "}" else end
        else:
            place = window.end_of(place)
        place = window.after_blank(place)
        if window.at(place) != ",":
            break
        place = window.after_blank(place + 1)
        if has_list:
            window.release(place)
    return has_list, place
