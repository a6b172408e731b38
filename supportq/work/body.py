"""The words of a message and the files that go with it: read, and refused where they can't be kept."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from supportq.errors import SupportqError, UsageError

if TYPE_CHECKING:
    from supportq.store.attachments import Attached

LARGEST = 25 * 1024 * 1024
"""Bytes of an attachment; a larger one is refused."""


def tidy(text: str) -> str:
    """Return the words without blank lines around them; raise UsageError for none, and for what can't be kept."""
    words = text.strip("\n").rstrip()
    if not words.strip():
        raise UsageError(
            "the message is empty, so nothing was written", "give the words: -m TEXT, -F FILE, -e (editor)"
        )
    if "\0" in words:
        raise UsageError(f"there is a NUL byte in the message, at letter {words.index(chr(0)) + 1}", "take it out")
    try:
        words.encode()
    except UnicodeEncodeError as error:
        raise UsageError(
            f"the message is not UTF-8, at letter {error.start + 1}", "write it to a file in UTF-8: -F FILE"
        ) from error
    return words


def read_words(path: Path, cure: str = "choose another file: -F FILE") -> str:
    """Read the words from a file; a fault of the file names the cure."""
    try:
        return decoded(path.read_bytes(), str(path))
    except OSError as error:
        raise SupportqError(f"can't read {path}: {error.strerror}", cure) from error


def decoded(data: bytes, name: str) -> str:
    """Return bytes as text; raise UsageError that names the first byte that is no UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{name} is not UTF-8: byte {error.start} is 0x{data[error.start]:02x}",
            "convert it: iconv -f WINDOWS-1252 -t UTF-8 FILE",
        ) from error


def read_files(paths: Iterable[Path]) -> "tuple[Attached, ...]":
    """Read the files that go with a message."""
    return tuple(map(_read_file, paths))


def _read_file(path: Path) -> "Attached":
    from supportq.store.attachments import Attached

    try:
        if path.is_fifo():
            raise SupportqError(
                f"{path} is a pipe, and an attachment needs a name that the customer sees",
                "write it into a file first: COMMAND > list.csv, then --attach list.csv",
            )
        if not path.is_file() and path.exists():
            raise SupportqError(f"{path} is no file", "choose another: --attach FILE")
        size = path.stat().st_size
        if size > LARGEST:
            raise SupportqError(
                f"{path} has {size / 1024 / 1024:.0f} MB, and a message takes at most {LARGEST // 1024 // 1024} MB",
                "put it where the customer can fetch it, and write where that is",
            )
        return Attached(path.name, path.read_bytes())
    except OSError as error:
        raise SupportqError(f"can't read {path}: {error.strerror}", "choose another file: --attach FILE") from error
