"""A queue file: created, copied, read as one state, and written in one transaction at a time."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from supportq.errors import SupportqError
from supportq.store import migrations
from supportq.store.faults import in_plain_words
from supportq.store.migrations import APPLICATION_ID
from supportq.values import dataclass

BUSY_S = 30.0
_ASK_EVERY_S = 0.005
_WRITER_KIB, _READER_KIB = 64 << 10, 8 << 10
"""How much of the file may stay in memory: only who reads or writes much of it fills that.

Sorting takes as much again; more than this made no report quicker.
"""
_STREAM_KIB = 2 << 10
_SQLITE_HEADER = b"SQLite format 3\0"


@dataclass(slots=True, eq=False)
class Queue:
    """An open queue file. Readers ask `connection`; writers work inside `writing()`."""

    path: Path
    connection: sqlite3.Connection
    busy_s: float = BUSY_S

    @contextmanager
    def writing(self, *, dry_run: bool = False) -> Iterator[sqlite3.Connection]:
        """Hold the write lock for one transaction, which a dry run or an error rolls back."""
        with in_plain_words(self.path, self.busy_s):
            self._lock()
            self.connection.execute("pragma defer_foreign_keys = on")
            try:
                yield self.connection
                self.connection.execute("rollback" if dry_run else "commit")
            finally:
                if self.connection.in_transaction:
                    self.connection.execute("rollback")

    def _lock(self) -> None:
        """Take the write lock, asking for it every few milliseconds.

        SQLite's own wait asks ever more seldom, and would miss the short moments between an import's batches.
        """
        self.connection.execute("pragma busy_timeout = 0")
        give_up_at = time.monotonic() + self.busy_s
        while not self._has_locked(is_last=time.monotonic() >= give_up_at):
            time.sleep(_ASK_EVERY_S)
        self.connection.execute(f"pragma busy_timeout = {int(self.busy_s * 1000)}")

    def _has_locked(self, *, is_last: bool) -> bool:
        try:
            self.connection.execute("begin immediate")
        except sqlite3.OperationalError as error:
            if is_last or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            return False
        return True

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """See one state of the queue for as long as this lasts, whoever writes meanwhile."""
        with in_plain_words(self.path, self.busy_s):
            self.connection.execute("begin")
            try:
                yield self.connection
            finally:
                if self.connection.in_transaction:
                    self.connection.execute("rollback")

    @property
    def writes_of_others(self) -> int:
        """Return a number that is another one as soon as another connection has written."""
        number: int = self.connection.execute("pragma data_version").fetchone()[0]
        return number

    @property
    def version(self) -> int:
        """Return how many steps of the schema the file has taken."""
        number: int = self.connection.execute("pragma user_version").fetchone()[0]
        return number

    def forget_early(self) -> None:
        """Keep little of the file in memory from now on, for who reads all of it once."""
        self.connection.execute(f"pragma cache_size = -{_STREAM_KIB}")

    def allow_writing(self) -> None:
        """Let a queue that was opened for reading be written too; raise SupportqError where nobody may."""
        _check_writable(self.path)
        self.connection.execute("pragma query_only = off")
        self.connection.execute(f"pragma cache_size = -{_WRITER_KIB}")

    def close(self) -> None:
        """Close the file."""
        self.connection.close()


def create_queue(
    path: Path, *, mode: int = 0o600, busy_s: float = BUSY_S, steps: migrations.Steps = migrations.STEPS
) -> Queue:
    """Lay out a new queue in `path`, an empty or missing file; the caller puts it into place when it is complete."""
    path.touch(mode=mode)
    path.chmod(mode)
    with in_plain_words(path, busy_s):
        connection = connect(path, write=True, busy_s=busy_s)
        connection.execute("pragma journal_mode = wal")
        connection.execute(f"pragma application_id = {APPLICATION_ID}")
        connection.execute("begin immediate")
        migrations.migrate(connection, steps)
        connection.execute("commit")
        return Queue(path, connection, busy_s)


def copy_to(queue: Queue, target: Path) -> None:
    """Write a complete copy of the queue as it stands to a new file, then put it into place; it sends no mail again."""
    from supportq.drafts import draft_of
    from supportq.store.home import forget_homes

    partial = draft_of(target)
    source = sqlite3.connect(_uri(queue.path, "mode=ro"), uri=True, timeout=queue.busy_s)
    try:
        partial.touch(mode=0o600)
        with closing(sqlite3.connect(partial)) as copy:
            source.backup(copy)
            with copy:
                forget_homes(copy)
        partial.replace(target)
    finally:
        source.close()
        partial.unlink(missing_ok=True)


def is_queue(path: Path) -> bool:
    """Tell whether a file that this process has not open is a queue, by its header alone."""
    header = _header(path)
    return header.startswith(_SQLITE_HEADER) and int.from_bytes(header[68:72], "big") == APPLICATION_ID


def is_database(path: Path) -> bool:
    """Tell whether a file that this process has not open is a database of SQLite, by its header alone."""
    return _header(path).startswith(_SQLITE_HEADER)


def _header(path: Path) -> bytes:
    """Return how a file begins, nothing for one that can't be read or is none.

    Closing a file lets go of every lock that the process holds on it, those of an open queue too.
    """
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            return file.read(72)
    except OSError:
        return b""


def is_writable(path: Path) -> bool:
    """Tell whether a queue may be written: its file, and the folder that its write-ahead log lies in."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _uri(path: Path, query: str) -> str:
    escaped = str(path.absolute()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return f"file:{escaped}?{query}"


def connect(path: Path, *, write: bool, busy_s: float) -> sqlite3.Connection:
    """Return a connection with our functions; raise SupportqError where it is to write and may not."""
    if write:
        _check_writable(path)
    query = "mode=rw" if write or _can_share(path) else "immutable=1"
    connection = sqlite3.connect(_uri(path, query), uri=True, timeout=busy_s, isolation_level=None)
    connection.execute("pragma foreign_keys = on")
    connection.execute(f"pragma cache_size = -{_WRITER_KIB if write else _READER_KIB}")
    connection.create_function("folded", 1, _folded, deterministic=True)
    connection.create_function("home", 0, lambda: _home(path), deterministic=True)
    connection.create_function("casefolded", 1, str.casefold, deterministic=True)
    if not write:
        connection.execute("pragma query_only = on")
    return connection


def _check_writable(path: Path) -> None:
    if not is_writable(path):
        raise SupportqError(
            f"{path} can't be written: the file or its folder is read-only for you",
            f"see who may: ls -ld {path} {path.parent}",
        )


def _home(path: Path) -> str:
    from supportq.store.home import home_of

    return home_of(path)


def _folded(text: str) -> str:
    from supportq.model.text import fold

    return fold(text)


def _can_share(path: Path) -> bool:
    """Tell whether a reader may take part in the file's write-ahead log, which lives in files beside it."""
    return os.access(path.parent, os.W_OK) or path.with_name(f"{path.name}-wal").exists()
