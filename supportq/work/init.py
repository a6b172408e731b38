"""Create a queue file: complete or not at all."""

import os
import secrets
from datetime import datetime
from pathlib import Path

from supportq.errors import SupportqError
from supportq.settings.check import Checked
from supportq.store.desk import write_desk
from supportq.store.queue import create_queue
from supportq.store.retarget import apply_settings
from supportq.values import dataclass


class AlreadyThere(SupportqError):
    """A file stands where the queue was to be made."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is already there; nothing was changed", "choose another name: supportq init FILE")


@dataclass(frozen=True, slots=True)
class Founding:
    """What a new queue begins with."""

    settings: Checked
    agent: str
    now: datetime
    group: str | None = None


def create(path: Path, founding: Founding) -> None:
    """Create a queue with its first settings; raise AlreadyThere rather than touch what exists."""
    if path.exists() or path.is_symlink():
        raise AlreadyThere(path)
    if not path.parent.is_dir():
        raise SupportqError(f"there is no folder {path.parent}", f"create it: mkdir -p {path.parent}")
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        _lay_out(partial, founding)
        _put_into_place(partial, path)
    except PermissionError as error:
        raise SupportqError(f"{path.parent} can't be written: {error.strerror}", "choose another folder") from error
    finally:
        partial.unlink(missing_ok=True)


def _lay_out(partial: Path, founding: Founding) -> None:
    queue = create_queue(partial, mode=0o660 if founding.group else 0o600)
    try:
        if founding.group:
            _give_to(partial, founding.group)
        with queue.writing() as connection:
            write_desk(connection, founding.now, signing_key=secrets.token_hex(32))
            apply_settings(queue, founding.settings, verb="init", actor=founding.agent, now=founding.now)
        queue.connection.execute("pragma wal_checkpoint(truncate)")
    finally:
        queue.close()


def _put_into_place(partial: Path, path: Path) -> None:
    try:
        os.link(partial, path)
    except FileExistsError as error:
        raise AlreadyThere(path) from error


def _give_to(path: Path, group: str) -> None:
    import shutil

    try:
        shutil.chown(path, group=group)
    except (LookupError, PermissionError) as error:
        raise SupportqError(f"the file can't be given to the group {group}: {error}", "see yours: groups") from error
