"""An mbox as its mails, in any of its four dialects, one at a time, so that its size doesn't matter."""

import re
from collections.abc import Iterator
from typing import IO

_FIRST_STEP, _LONGEST_STEP = 1 << 13, 1 << 20
_OVERLAP = 4096
_LONGEST_HEADER = 1 << 14
_SEPARATOR = re.compile(rb"(?:\A|\n)From [^\n]*\n(?=[!-9;-~]+[ \t]*:|>From )")
_LENGTH = re.compile(rb"^Content-Length:[ \t]*(\d{1,12})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_END_OF_HEADER = re.compile(rb"\n\r?\n")
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
_UNESCAPED = re.compile(rb"^From ", re.MULTILINE)


def is_mbox(head: bytes) -> bool:
    """Tell whether a file that begins like this is an mbox."""
    return head.startswith(b"From ") and _SEPARATOR.match(head) is not None


def iter_mbox(stream: IO[bytes], longest: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield each mail behind the place where it begins, None for one that is longer than the longest allowed.

    A mail begins at a line `From ...` before a header. Where a Content-Length leads exactly to the next such line or
    to the end, it says where the mail ends, as in mboxcl and mboxcl2; a wrong one is left aside.
    """
    start = _next_separator(stream, 0)
    while start is not None:
        end = _end_by_length(stream, start)
        is_counted = end is not None
        following = _next_separator(stream, end - 1 if end is not None else start + 5)
        place = stream.seek(0, 2) if following is None else following
        yield start, _mail(stream, start, place, is_counted=is_counted) if place - start <= longest else None
        start = following


def _next_separator(stream: IO[bytes], place: int) -> int | None:
    """Return where the next separator line begins, at the earliest behind the byte at `place`."""
    step = _FIRST_STEP
    while True:
        stream.seek(place)
        chunk = stream.read(step + _OVERLAP)
        for found in _SEPARATOR.finditer(chunk):
            is_line_end = found[0].startswith(b"\n")
            if is_line_end or place == 0:
                return place + found.start() + is_line_end
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


def _mail(stream: IO[bytes], start: int, end: int, *, is_counted: bool) -> bytes:
    """Return a mail without its separator line, and without the > that keeps a line of it from being one."""
    stream.seek(start)
    data = stream.read(end - start).partition(b"\n")[2].removesuffix(b"\n").removesuffix(b"\r")
    if b"\n>" not in data or (is_counted and _UNESCAPED.search(data)):
        return data
    return _ESCAPED.sub(rb"\1", data)
