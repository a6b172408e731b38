"""Backups of a queue: whole, checked, and made while others work."""

import sqlite3
from datetime import datetime
from glob import escape
from pathlib import Path

from supportq.errors import SupportqError
from supportq.store.desk import queue_id
from supportq.store.faults import in_plain_words
from supportq.store.queue import Queue, copy_to, is_queue
from supportq.values import dataclass

COUNT_TICKETS = "select count(*) from ticket where undone = 0"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made and checked, and the older ones that made room for it."""

    path: Path
    tickets: int
    size: int
    removed: tuple[Path, ...] = ()


def back_up(queue: Queue, target: Path, *, keep: int | None = None, series: str = "") -> Backup:
    """Copy the queue as it stands, check the copy, put it into place, and keep the newest `keep` of its series.

    The series are the copies of this queue in the same folder whose names match `series`. Raises SupportqError for a
    target that is there and no earlier copy of this queue, and for a copy that is not sound.
    """
    _refuse(queue, target)
    unchecked = target.with_name(f".{target.name}.unchecked")
    try:
        with in_plain_words(unchecked, queue.busy_s):
            copy_to(queue, unchecked)
            tickets = _check(unchecked)
        unchecked.replace(target)
    except PermissionError as error:
        raise SupportqError(f"{target.parent} can't be written: {error.strerror}", "choose another folder") from error
    finally:
        unchecked.unlink(missing_ok=True)
    return Backup(target, tickets, target.stat().st_size, _make_room(queue, target, keep, series))


def series_of(file: Path) -> str:
    """Return the pattern that the names of dated copies beside a file match."""
    return f"{escape(file.stem)}-????????T??????Z{escape(file.suffix)}"


def dated_name(file: Path, now: datetime) -> Path:
    """Return the name of a copy made now, beside a file."""
    return file.with_name(f"{file.stem}-{now:%Y%m%dT%H%M%SZ}{file.suffix}")


def _refuse(queue: Queue, target: Path) -> None:
    if not target.parent.is_dir():
        raise SupportqError(f"there is no folder {target.parent}", f"create it: mkdir -p {target.parent}")
    if target.is_dir():
        raise SupportqError(f"{target} is a folder", f"name a file in it: supportq backup {target / queue.path.name}")
    if not target.exists():
        return
    if target.samefile(queue.path):
        raise SupportqError(f"{target} is the queue itself", "name another file: supportq backup FILE")
    if not _is_copy(queue, target):
        raise SupportqError(f"{target} is there, and no copy of this queue; nothing was changed", "name another file")
    if target.with_name(f"{target.name}-wal").exists():
        raise SupportqError(f"{target} is in use; nothing was changed", "name another file")


def _is_copy(queue: Queue, file: Path) -> bool:
    """Tell whether a file is an earlier copy of this queue, and not the queue itself."""
    if file.samefile(queue.path) or not is_queue(file):
        return False
    copy = sqlite3.connect(f"{file.resolve().as_uri()}?immutable=1", uri=True)
    try:
        return queue_id(copy) == queue_id(queue.connection)
    except sqlite3.DatabaseError:
        return False
    finally:
        copy.close()


def _check(copy: Path) -> int:
    """Return how many tickets a sound copy holds."""
    connection = sqlite3.connect(copy)
    try:
        found = connection.execute("pragma integrity_check(1)").fetchone()[0]
        tickets = int(connection.execute(COUNT_TICKETS).fetchone()[0])
    finally:
        connection.close()
    if found != "ok":
        raise SupportqError(f"the copy is not sound and was thrown away: {found}", "check the queue: supportq doctor")
    return tickets


def _make_room(queue: Queue, target: Path, keep: int | None, series: str) -> tuple[Path, ...]:
    if keep is None:
        return ()
    backups = sorted(path for path in target.parent.glob(series) if _is_copy(queue, path))
    removed = tuple(path for path in backups[: max(0, len(backups) - keep)] if path != target)
    for path in removed:
        path.unlink()
    return removed
