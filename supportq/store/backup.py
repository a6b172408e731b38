"""Backups of a queue: whole, checked, and made while others work."""

import sqlite3
from datetime import datetime
from pathlib import Path

from supportq.errors import SupportqError
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

    The series are the queues in the same folder whose names match `series`. Raises SupportqError for a target that
    is the queue itself or no queue at all, and for a copy that is not sound.
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
    return Backup(target, tickets, target.stat().st_size, _make_room(target, keep, series))


def series_of(queue: Queue) -> str:
    """Return the pattern that the names of a queue's dated backups match."""
    return f"{queue.path.stem}-????????T??????Z{queue.path.suffix}"


def dated_name(queue: Queue, now: datetime) -> Path:
    """Return the name of a backup made now, beside the queue."""
    return queue.path.with_name(f"{queue.path.stem}-{now:%Y%m%dT%H%M%SZ}{queue.path.suffix}")


def _refuse(queue: Queue, target: Path) -> None:
    if not target.parent.is_dir():
        raise SupportqError(f"there is no folder {target.parent}", f"create it: mkdir -p {target.parent}")
    if target.is_dir():
        raise SupportqError(f"{target} is a folder", f"name a file in it: supportq backup {target / queue.path.name}")
    if not target.exists():
        return
    if target.samefile(queue.path):
        raise SupportqError(f"{target} is the queue itself", "name another file: supportq backup FILE")
    if not is_queue(target):
        raise SupportqError(f"{target} is there and no backup of a queue; nothing was changed", "name another file")


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


def _make_room(target: Path, keep: int | None, series: str) -> tuple[Path, ...]:
    if keep is None:
        return ()
    backups = sorted(path for path in target.parent.glob(series) if is_queue(path))
    removed = tuple(path for path in backups[: max(0, len(backups) - keep)] if path != target)
    for path in removed:
        path.unlink()
    return removed
