"""An mbox as its mails, in any of its four dialects, one at a time, so that its size doesn't matter."""

import re
from array import array
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from typing import IO, NamedTuple

from supportq.mail.dates import moment

_FIRST_STEP, _LONGEST_STEP = 1 << 13, 1 << 20
_OVERLAP = 4096
_LONGEST_HEADER = 1 << 14
_LAST = 1 << 20
"""Bytes at the end of a file in which its last mail is looked for."""

_SEPARATOR = re.compile(rb"\nFrom [^\n]*\n(?=[!-9;-~]+[ \t]*:|>From )")
"""It begins with a line end, so that megabytes of anything else are passed over quickly; the first one has none."""

_LENGTH = re.compile(rb"^Content-Length:[ \t]*(\d{1,12})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_DATE = re.compile(rb"^Date:[ \t]*([^\r\n]{1,99})", re.IGNORECASE | re.MULTILINE)
_CAME = re.compile(rb"^From [^\n]*?\b((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ -~]{13,40})", re.ASCII)
_END_OF_HEADER = re.compile(rb"\n\r?\n")
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
_UNESCAPED = re.compile(rb"^From ", re.MULTILINE)


def is_mbox(head: bytes) -> bool:
    """Tell whether a file that begins like this is an mbox."""
    return head.startswith(b"From ") and _SEPARATOR.match(b"\n" + head) is not None


class Piece(NamedTuple):
    """One mail of an mbox by its number there, and when its separator says that it came, in UTC; None for too long."""

    number: int
    data: bytes | None
    at: datetime | None = None


def iter_mbox(stream: IO[bytes], longest: int) -> Iterator[Piece]:
    """Yield each mail, without bytes where it is longer than the longest allowed.

    The oldest come first: a file that begins with its newest mail is read from its end.
    """
    for number, mark, following in _numbered(stream):
        start, end = mark >> 1, following >> 1
        if end - start > longest:
            yield Piece(number, None)
            continue
        separator, data = _mail(stream, start, end, is_counted=bool(mark & 1))
        came = _CAME.search(separator)
        yield Piece(number, data, moment(came[1].decode("ascii")) if came else None)


def _numbered(stream: IO[bytes]) -> Iterator[tuple[int, int, int]]:
    """Yield the number of each mail, its mark and the one that follows, the oldest first."""
    marks = _marks(stream)
    if not _is_newest_first(stream):
        yield from ((number, *pair) for number, pair in enumerate(pairwise(marks), 1))
        return
    held = array("q", marks)
    for number in range(len(held) - 1, 0, -1):
        yield number, held[number - 1], held[number]


def _marks(stream: IO[bytes]) -> Iterator[int]:
    """Yield where each mail begins, doubled, and one more where its own count of bytes leads to its end; last the end.

    A mail begins at a line `From ...` before a header. Where a Content-Length leads exactly to the next such line or
    to the end, it says where the mail ends, as in mboxcl and mboxcl2; a wrong one is left aside.
    """
    start = _next_separator(stream, 0)
    while start is not None:
        end = _end_by_length(stream, start)
        yield start << 1 | (end is not None)
        start = _next_separator(stream, end - 1 if end is not None else start + 5)
    yield stream.seek(0, 2) << 1


def _is_newest_first(stream: IO[bytes]) -> bool:
    """Tell whether the first mail was written after the last one."""
    stream.seek(0)
    first = _written_at(stream.read(_LONGEST_HEADER))
    stream.seek(max(0, stream.seek(0, 2) - _LAST))
    tail = b"\n" + stream.read()
    starts = [found.start() for found in _SEPARATOR.finditer(tail)]
    last = _written_at(tail[starts[-1] :]) if starts else None
    return first is not None and last is not None and first > last


def _written_at(mail: bytes) -> datetime | None:
    dated = _DATE.search(_END_OF_HEADER.split(mail.lstrip(b"\n"), maxsplit=1)[0])
    return moment(dated[1].decode("ascii", "replace")) if dated else None


def _next_separator(stream: IO[bytes], place: int) -> int | None:
    """Return where the next separator line begins, at the earliest behind the byte at `place`."""
    step = _FIRST_STEP
    while True:
        stream.seek(place)
        chunk = stream.read(step + _OVERLAP)
        if place == 0 and is_mbox(chunk):
            return 0
        if found := _SEPARATOR.search(chunk):
            return place + found.start() + 1
        if len(chunk) < step + _OVERLAP:
            return None
        place += step
        step = min(step * 4, _LONGEST_STEP)


def _end_by_length(stream: IO[bytes], start: int) -> int | None:
    """Return where a mail ends by its own count of bytes, None where it has none, or one that leads nowhere."""
    stream.seek(start)
    head = stream.read(_LONGEST_HEADER)
    ended = _END_OF_HEADER.search(head)
    counted = _LENGTH.search(head, 0, ended.start() + 1) if ended else None
    if not ended or not counted:
        return None
    end = start + ended.end() + int(counted[1])
    stream.seek(end)
    after = stream.read(_OVERLAP)
    is_right = not after.strip(b"\r\n") or after.lstrip(b"\r\n").startswith(b"From ")
    return end if is_right and (end - start) <= stream.seek(0, 2) - start else None


def _mail(stream: IO[bytes], start: int, end: int, *, is_counted: bool) -> tuple[bytes, bytes]:
    """Return the separator line of a mail, and the mail without the > that keeps a line of it from being one."""
    stream.seek(start)
    separator, _, rest = stream.read(end - start).partition(b"\n")
    data = rest.removesuffix(b"\n").removesuffix(b"\r")
    if b"\n>" not in data or (is_counted and _UNESCAPED.search(data)):
        return separator, data
    return separator, _ESCAPED.sub(rb"\1", data)
