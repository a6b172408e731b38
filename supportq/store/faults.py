"""What can go wrong with a queue file, and SQLite's errors in a person's words."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from supportq.errors import NotFound, SupportqError, TryAgain, UsageError

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


class MissingQueue(SupportqError):
    """There is no queue file where one was looked for."""

    def __init__(self, path: Path, nearby: Iterable[str]) -> None:
        found = ", ".join(nearby)
        super().__init__(
            f"no queue file at {path}",
            f"create it: supportq init {path}      or choose one: --queue FILE, SUPPORTQ_QUEUE",
            *([f"queue files near here: {found}"] if found else []),
        )


class NotAQueue(SupportqError):
    """A file that is no queue of ours."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"{path} is not a queue file: {why}",
            "choose another: --queue FILE, SUPPORTQ_QUEUE      or create one: supportq init FILE",
        )


class NewerSchema(SupportqError):
    """A queue that a later supportq wrote."""

    def __init__(self, path: Path, found: int, known: int) -> None:
        super().__init__(
            f"{path} was written by a newer supportq (schema {found}; this one knows {known})",
            "install a newer one, from where this one came",
        )


class NoSuchTicket(NotFound):
    """Ticket numbers that are not in this queue."""

    def __init__(self, numbers: Iterable[int]) -> None:
        missing = sorted(numbers)
        names = ", ".join(map(str, missing[:10])) + (" and more" if len(missing) > 10 else "")
        super().__init__(
            f"no ticket {names} in this queue",
            f"look for it: supportq search WORDS; elsewhere it was: key:{missing[0]}",
        )


class Busy(TryAgain):
    """Another process kept the queue locked for longer than we wait."""

    def __init__(self, busy_s: float) -> None:
        super().__init__(
            f"the queue was busy for {busy_s:g} s (another process is writing); nothing was changed",
            "try again, or wait longer: SUPPORTQ_BUSY=60",
        )


class BeingUpgraded(TryAgain):
    """An older queue that another process is bringing up to date."""

    def __init__(self, path: Path, busy_s: float) -> None:
        super().__init__(
            f"{path} is being upgraded by another process, for more than {busy_s:g} s now; nothing was changed",
            "try again in some minutes, or wait longer: SUPPORTQ_BUSY=600",
        )


@contextmanager
def in_plain_words(path: Path, busy_s: float) -> Iterator[None]:
    """Turn SQLite's errors into ours."""
    try:
        yield
    except sqlite3.Error as error:
        raise translated(error, path, busy_s) from error


def translated(error: Exception, path: Path, busy_s: float) -> Exception:
    """Return one of SQLite's errors in our words, any other as it is."""
    if isinstance(error, OverflowError) and "SQLite" in str(error):
        return UsageError("a number is larger than any in a queue", "look for a digit too many")
    return _in_our_words(error, path, busy_s) if isinstance(error, sqlite3.Error) else error


def _in_our_words(error: sqlite3.Error, path: Path, busy_s: float) -> Exception:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _BUSY:
        return Busy(busy_s)
    if code in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}:
        return TryAgain(
            f"the disk under {path} is full or failing; nothing was changed",
            f"make room and try again; df -h {path.parent} shows how much there is",
        )
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}:
        return SupportqError(
            f"{path} can't be written: the file or its folder is read-only for you",
            f"see who may: ls -ld {path} {path.parent}",
        )
    if code == sqlite3.SQLITE_NOTADB:
        return NotAQueue(path, "its header is another program's")
    if code == sqlite3.SQLITE_CORRUPT:
        return SupportqError(f"{path} is damaged: {error}", *_rescues(path))
    return SupportqError(f"the queue file {path} can't be used: {error}", "check it: supportq doctor")


def _rescues(path: Path) -> Iterator[str]:
    """Yield what helps where a file is damaged: its newest backup by its dated name, and how to save the rest."""
    backups = sorted(path.parent.glob(f"{path.stem}-*T*Z{path.suffix}"))
    if backups:
        yield f"work on with the newest backup: --queue {backups[-1]}"
    yield f"keep a copy of it, and save the text of what can be read: sqlite3 {path} .dump > rescue.sql"
