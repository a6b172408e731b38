"""Where values begin and end in a JSON text, as far as it is whole; what is broken ends with the text."""

import json
from collections.abc import Iterator

_DECODER = json.JSONDecoder()
_BLANK = " \t\r\n"


def members(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield each key of the object that begins here, and where its value begins."""
    place = after_blank(text, start + 1)
    while text[place : place + 1] == '"':
        end = end_of(text, place)
        key, place = text[place + 1 : end - 1], after_blank(text, after_blank(text, end) + 1)
        yield key, place
        place = after_blank(text, end_of(text, place))
        if text[place : place + 1] != ",":
            return
        place = after_blank(text, place + 1)


def items(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield where each value of an array begins and ends; where it breaks off, what is left is the last of them."""
    place = after_blank(text, start + 1)
    while text[place : place + 1] != "]":
        end = _find_end(text, place)
        yield place, end or len(text)
        if end is None:
            return
        place = after_blank(text, end)
        if text[place : place + 1] == ",":
            place = after_blank(text, place + 1)
        elif text[place : place + 1] != "]":
            yield place, len(text)
            return


def end_of(text: str, place: int) -> int:
    """Return where the value that begins here ends."""
    return _find_end(text, place) or len(text)


def after_blank(text: str, place: int) -> int:
    """Return where the next character stands that is no blank."""
    while text[place : place + 1] and text[place] in _BLANK:
        place += 1
    return place


def _find_end(text: str, place: int) -> int | None:
    try:
        return _DECODER.raw_decode(text, place)[1]
    except (ValueError, RecursionError):
        return None
