"""Files whose place no answer takes: queues, other databases of SQLite, and what SQLite keeps beside them."""

from pathlib import Path

from supportq.errors import UsageError
from supportq.store.queue import is_database

_BESIDE = ("-wal", "-shm", "-journal")


def spare_databases(file: Path, queue: Path, option: str = "-o") -> None:
    """Raise UsageError where writing a file would destroy a database; `queue` is the one that may be open here."""
    for path in _bases(file.resolve()):
        if path.exists() and queue.exists() and path.samefile(queue):
            raise UsageError(f"{file} is the queue itself", f"name another file: {option} FILE")
        if is_database(path):
            raise UsageError(
                f"{file} is a database, and nothing takes the place of one", f"name another file: {option} FILE"
            )


def _bases(file: Path) -> tuple[Path, ...]:
    """Return a file, and the one that it would lie beside if SQLite kept it."""
    return file, *(file.with_name(file.name.removesuffix(end)) for end in _BESIDE if file.name[1:].endswith(end))
