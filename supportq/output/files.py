"""Answers that go into a file: whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from supportq.drafts import draft_of
from supportq.errors import SupportqError


@contextmanager
def written_whole(path: Path, mode: int = 0o600) -> Iterator[TextIO]:
    """Lend a new file that takes the place of `path` once all is written; a new one has the mode, an old one keeps its.

    No umask has a part in that.

    A link stays, and what it leads to is replaced. A device or a pipe is written to as it is.
    """
    if path.exists() and not path.is_file():
        with _named(path), _opened(path) as device:
            yield device
        return
    path = path.resolve()
    partial = draft_of(path)
    try:
        with _named(path):
            mode = path.stat().st_mode & 0o777 if path.exists() else mode
            partial.touch(mode=0o600)
            partial.chmod(mode)
            with _opened(partial) as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)
    finally:
        with suppress(OSError):
            partial.unlink()


def _opened(path: Path) -> TextIO:
    """Open a file for text, and for bytes that stand in it as surrogates."""
    return path.open("w", encoding="utf-8", errors="surrogateescape", newline="")


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Say of a fault which file it is about."""
    try:
        yield
    except OSError as error:
        raise SupportqError(f"can't write {path}: {error.strerror or error}", "choose another file: -o FILE") from error
