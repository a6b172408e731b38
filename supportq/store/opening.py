"""The way into a queue that exists: checked for what it is, and brought up to date where it is older."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from supportq.errors import SupportqError
from supportq.store import migrations
from supportq.store.faults import MissingQueue, NewerSchema, NotAQueue, in_plain_words
from supportq.store.migrations import APPLICATION_ID
from supportq.store.queue import BUSY_S, Queue, connect, is_queue

if TYPE_CHECKING:
    from supportq.store.upgrade import Shown


def open_queue(path: Path, *, write: bool, busy_s: float = BUSY_S, shown: "Shown | None" = None) -> Queue:
    """Open an existing queue and bring an older one up to date, after a backup beside it, which `shown` shows.

    Raises MissingQueue, NotAQueue, NewerSchema, or TryAgain when another process keeps it locked or upgrades it.
    """
    _check_file(path)
    with in_plain_words(path, busy_s):
        queue = Queue(path, connect(path, write=write, busy_s=busy_s), busy_s)
        try:
            _check_kind(queue)
            _bring_up_to_date(queue, shown, write=write)
        except BaseException:
            queue.close()
            raise
        return queue


def _check_kind(queue: Queue) -> None:
    if queue.connection.execute("pragma application_id").fetchone()[0] != APPLICATION_ID:
        is_empty = queue.connection.execute("pragma page_count").fetchone()[0] == 0
        raise NotAQueue(queue.path, "it is empty" if is_empty else "its header is another program's")


def _bring_up_to_date(queue: Queue, shown: "Shown | None", *, write: bool) -> None:
    version = queue.version
    if version > migrations.LATEST:
        raise NewerSchema(queue.path, version, migrations.LATEST)
    if version < migrations.LATEST and write:
        from supportq.store.upgrade import unseen, upgrade

        upgrade(queue, shown=shown or unseen)
    elif version < migrations.LATEST:
        open_queue(queue.path, write=True, busy_s=queue.busy_s, shown=shown).close()


def _check_file(path: Path) -> None:
    try:
        is_folder, exists = path.is_dir(), path.exists()
    except OSError as error:
        raise SupportqError(f"{path} can't be reached: {error.strerror}") from error
    if is_folder:
        raise NotAQueue(path, "it is a folder")
    if not exists:
        raise MissingQueue(path, _queues_in(path.parent))
    if not os.access(path, os.R_OK):
        raise SupportqError(f"{path} can't be read: it belongs to somebody else", f"see who may: ls -l {path}")


def _queues_in(folder: Path) -> list[str]:
    try:
        return sorted(str(path) for path in folder.glob("*.db") if is_queue(path))[:5]
    except OSError:
        return []
