"""A JSON text that is too long to be held: where its values begin and end, found while it is read."""

import json
from collections.abc import Generator
from typing import TextIO

_DECODER = json.JSONDecoder()
_BLANK = " \t\r\n"
_CHUNK = 1 << 20
_WHOLE = frozenset('}]"')
"""What ends a value for certain; a number may go on in what was not read yet."""


Span = tuple[str, int, int]
"""Under which name a value stands, where it begins, and where it ends."""


class Window:
    """A text by the places of its characters, read as far as somebody asks, and held from where it was released."""

    def __init__(self, stream: TextIO, chunk: int = _CHUNK) -> None:
        self._stream = stream
        self._chunk = chunk
        self._held = ""
        self._first = 0
        self._counted = 0
        self._line = 1

    def at(self, place: int) -> str:
        """Return the character at a place; nothing behind the end."""
        while place - self._first >= len(self._held) and self._read_on():
            pass
        return self._held[place - self._first : place - self._first + 1]

    def after_blank(self, place: int) -> int:
        """Return where the next character stands that is no blank."""
        while self.at(place) and self.at(place) in _BLANK:
            place += 1
        return place

    def find_end(self, place: int) -> int | None:
        """Return where the value that begins here ends; None where it is broken, or breaks off."""
        while True:
            try:
                end = _DECODER.raw_decode(self._held, place - self._first)[1]
            except (ValueError, RecursionError):
                end = 0
            if (end and self._held[end - 1] in _WHOLE) or not self._read_on():
                return self._first + end if end else None

    def end_of(self, place: int) -> int:
        """Return where the value that begins here ends; what is broken ends with the text."""
        end = self.find_end(place)
        return self.end() if end is None else end

    def end(self) -> int:
        """Return where the text ends, which holds all that is left of it."""
        while self._read_on():
            pass
        return self._first + len(self._held)

    def text(self, start: int, end: int) -> str:
        """Return what stands between two places."""
        return self._held[start - self._first : end - self._first]

    def line(self, place: int) -> int:
        """Return the line of a place that is no earlier than the one asked for before."""
        self._line += self._held.count("\n", self._counted - self._first, place - self._first)
        self._counted = place
        return self._line

    def release(self, place: int) -> None:
        """Let go of everything before a place, once that is worth it."""
        if place - self._first > self._chunk:
            self.line(place)
            self._held = self._held[place - self._first :]
            self._first = place

    def _read_on(self) -> bool:
        more = self._stream.read(max(self._chunk, len(self._held)))
        self._held += more
        return bool(more)


def items(window: Window, start: int, name: str, *, released: bool) -> Generator[Span, None, int]:
    """Yield the values of an array under its name, and return where it ends.

    Where it breaks off, what is left is the last of the values.
    """
    place = window.after_blank(start + 1)
    while window.at(place) != "]":
        end = window.find_end(place)
        if end is None:
            yield name, place, window.end()
            return window.end()
        yield name, place, end
        place = window.after_blank(end)
        if window.at(place) == ",":
            place = window.after_blank(place + 1)
        elif window.at(place) != "]":
            yield name, place, window.end()
            return window.end()
        if released:
            window.release(place)
    return place + 1
