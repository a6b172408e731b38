"""A file or standard input as bytes that can be read more than once."""

import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from typing import IO

from supportq.errors import SupportqError
from supportq.values import dataclass

_AT_ONCE = 1 << 18
"""Bytes that are fetched at once: a mailbox is looked at here and there, and most of it is at hand then."""


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes to import: what they were called, and a stream that can go back to its start.

    A folder or an archive has no bytes of its own; `members` opens the files in it one after another.
    """

    name: str
    stream: IO[bytes]
    members: "Callable[[], Iterator[Source]] | None" = None

    @property
    def suffix(self) -> str:
        """Return the ending of the name, in lower case, with its dot."""
        return Path(self.name).suffix.lower()

    @property
    def size(self) -> int:
        """Return how many bytes there are, without moving the stream."""
        position = self.stream.tell()
        end = self.stream.seek(0, 2)
        self.stream.seek(position)
        return end

    def head(self, count: int) -> bytes:
        """Return the first bytes; the stream is at its start afterwards."""
        self.stream.seek(0)
        first = self.stream.read(count)
        self.stream.seek(0)
        return first


@contextmanager
def open_source(name: str, stdin: IO[bytes]) -> Iterator[Source]:
    """Open a file, or standard input for `-`; what can't go back to its start is copied to a temporary file first."""
    with _opened(name, stdin) as stream:
        if name != "-" and stream.seekable():
            yield Source(name, stream)
            return
        with tempfile.TemporaryFile() as copy:
            copyfileobj(stream, copy)
            yield Source("standard input" if name == "-" else name, copy)


@contextmanager
def _opened(name: str, stdin: IO[bytes]) -> Iterator[IO[bytes]]:
    if name == "-":
        yield stdin
        return
    path = Path(name)
    try:
        if stat.S_ISDIR(path.stat().st_mode):
            raise SupportqError(f"{name} is a folder", "name one file in it")
        stream = path.open("rb", buffering=_AT_ONCE)
    except FileNotFoundError:
        raise SupportqError(f"no file {name}", "look at the name, or give - to read standard input") from None
    except (OSError, ValueError) as fault:
        raise SupportqError(f"can't read {name}: {getattr(fault, 'strerror', None) or fault}") from fault
    with stream:
        yield stream
