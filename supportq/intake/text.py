"""Bytes to lines of text, in the encoding that was named or that the first bytes show."""

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TextIO, cast

from supportq.errors import NeedsPackages, SupportqError, UsageError
from supportq.intake.source import Source

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PACKED = (b"\xfd7zXZ", b"BZh", b"7z\xbc\xaf", b"Rar!", b"\x28\xb5\x2f\xfd")
"""What begins files of xz, bzip2, 7-Zip, RAR and Zstandard."""

_LONGEST_SIGN = max(map(len, _PACKED))
_CHUNK = 1 << 16
_SAMPLE = 1 << 20
_COMMON = "utf-8 utf-16 cp1250 cp1251 cp1252 iso-8859-2"


def encoding_of(source: Source, named: str | None = None) -> str:
    """Return the encoding to read with: the one that was named, else what the byte order mark says, else UTF-8.

    For `auto` it is guessed, where neither a mark nor the bytes themselves settle it.
    """
    head = source.head(_CHUNK)
    marked = next((encoding for mark, encoding in _MARKS if head.startswith(mark)), None)
    if named == "auto" and marked is None:
        return _guessed(source)
    if named is not None and named != "auto":
        codec = _codec(named)
        return "utf-8-sig" if codec == "utf-8" and marked == "utf-8-sig" else codec
    return marked or _wide(source, head.partition(b"\n")[0]) or "utf-8"


def _wide(source: Source, line: bytes) -> str:
    """Return which UTF-16 a first line without its mark is in, or nothing for one that can be UTF-8.

    Raises SupportqError for what is no text: of a header, one byte of every two is zero, and always the same one.
    """
    for encoding, zero, letter in ("utf-16-le", line[1::2], line[::2]), ("utf-16-be", line[::2], line[1::2]):
        if 2 * zero.count(0) > len(zero) and 0 not in letter:
            return encoding
    if 0 in line:
        raise _no_text(source)
    return ""


def _no_text(source: Source) -> SupportqError:
    if source.head(_LONGEST_SIGN).startswith(_PACKED):
        told = f"{source.name} is packed in a way that is not read; .gz, .zip and .tar are"
        return SupportqError(told, "unpack it, and import what was inside")
    return SupportqError(f"{source.name} is no text", "save it as CSV, or name what it is: --from FORMAT")


def _guessed(source: Source) -> str:
    """Return UTF-8 for what is UTF-8 to its end, else what a sample of the bytes looks like most."""
    if _is_readable(source, "utf-8"):
        return "utf-8"
    try:
        import chardet
    except ImportError:
        raise NeedsPackages("to guess an encoding takes", "chardet>=6") from None
    guessed = chardet.detect(source.head(_SAMPLE))["encoding"]
    if guessed is None or not _is_readable(source, guessed):
        raise SupportqError(f"{source.name}: no encoding fits", f"name it: --encoding cp1252 (or another: {_COMMON})")
    return _codec(guessed)


def _codec(named: str) -> str:
    try:
        "".encode(named)
        return codecs.lookup(named).name
    except (LookupError, ValueError):
        raise UsageError(f'no encoding "{named}"', f"for example: {_COMMON}") from None


class EndlessLine(Exception):
    """A line of more bytes than whoever reads it wants to hold."""


class _Watched(io.BufferedIOBase):
    """The bytes of a stream as they are, until a line among them is too long."""

    def __init__(self, stream: IO[bytes], longest: int) -> None:
        self._stream = stream
        self._longest = longest
        self._begun = 0

    def readable(self) -> bool:
        return True

    def read1(self, size: int = -1, /) -> bytes:
        chunk = self._stream.read(size)
        end = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        self._begun = len(chunk) - end - 1 + (self._begun if end < 0 else 0)
        if self._begun > self._longest:
            raise EndlessLine
        return chunk


@contextmanager
def open_text(source: Source, encoding: str, *, longest: int | None = None) -> Iterator[TextIO]:
    """Give the lines from the first to the last, their ends as they are; bytes that can't be decoded are an error.

    Raises EndlessLine while it reads a line of more bytes than the longest.
    """
    source.stream.seek(0)
    stream = cast(IO[bytes], _Watched(source.stream, longest)) if longest else source.stream
    text = io.TextIOWrapper(stream, encoding, newline="")
    try:
        yield text
    except UnicodeError:
        raise _undecodable(source, encoding) from None
    finally:
        if not source.stream.closed:
            text.detach()


def _undecodable(source: Source, encoding: str) -> SupportqError:
    head = source.head(_CHUNK)
    if head.startswith(_PACKED) or (encoding.startswith("utf-8") and b"\0" in head):
        return _no_text(source)
    return SupportqError(
        f"{source.name}: byte {_first_bad_byte(source, encoding):,} can't be read as {encoding.removesuffix('-sig')}",
        f"name the encoding: --encoding cp1252 (or another: {_COMMON})",
    )


def _is_readable(source: Source, encoding: str) -> bool:
    """Tell whether every byte means something in this encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    source.stream.seek(0)
    try:
        while chunk := source.stream.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _first_bad_byte(source: Source, encoding: str) -> int:
    decoder = codecs.getincrementaldecoder(encoding)()
    source.stream.seek(0)
    read = 0
    while True:
        chunk = source.stream.read(_CHUNK)
        waiting = len(decoder.getstate()[0])
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as fault:
            return read - waiting + fault.start
        except UnicodeError:
            return read
        if not chunk:
            return read
        read += len(chunk)
