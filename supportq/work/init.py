"""Create a queue file: complete or not at all."""

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, tzinfo
from pathlib import Path

from supportq.drafts import draft_of
from supportq.errors import SupportqError, UsageError
from supportq.model.text import tokens
from supportq.settings.check import Checked, check
from supportq.settings.preset import preset
from supportq.settings.values import Agent
from supportq.store.desk import write_desk
from supportq.store.migrations import STEPS, Steps
from supportq.store.queue import Queue, create_queue
from supportq.store.retarget import Act, apply_settings
from supportq.values import dataclass
from supportq.when import find_zone_name


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


def founder(code: str, login: str) -> Agent:
    """Return the first agent of a queue: whoever creates it."""
    code = "-".join(tokens(code)) or "me"
    known = _full_name(login) if code == "-".join(tokens(login)) else ""
    plain = " ".join(part.capitalize() for part in code.split("-"))
    return Agent(code, plain if known.casefold() in {"", code} else known, logins=(login,) if login else ())


def opening_settings(name: str, agent: Agent, *, zone: tzinfo, now: datetime, teams: Sequence[str] = ()) -> Checked:
    """Return a preset as the first settings of this agent's queue; its promises raise alarms from now on."""
    known = find_zone_name(zone)
    if known is None:
        raise UsageError(
            "the time zone of this machine has no name that settings could hold", "name yours: --tz Europe/Berlin"
        )
    return check(preset(name, agent=agent, zone=known, enforce_from=now, teams=teams))


def _full_name(login: str) -> str:
    """Return what the machine calls a person, as far as it knows."""
    from pwd import getpwnam

    try:
        return getpwnam(login).pw_gecos.partition(",")[0].strip()
    except KeyError:
        return ""


def create(path: Path, founding: Founding) -> None:
    """Create a queue with its first settings; raise AlreadyThere rather than touch what exists."""
    with (
        complete_or_not_at_all(path) as partial,
        new_queue(partial, founding.group) as queue,
        queue.writing() as connection,
    ):
        write_desk(connection, founding.now, signing_key=new_key())
        apply_settings(queue, founding.settings, Act("init", founding.agent, founding.now))


def new_key() -> str:
    """Return a key that mail can be signed with, like no other."""
    return secrets.token_hex(32)


@contextmanager
def complete_or_not_at_all(path: Path) -> Iterator[Path]:
    """Lend the name of a file to make, which is put into place in the end; raise AlreadyThere where one stands."""
    if path.exists() or path.is_symlink():
        raise AlreadyThere(path)
    if not path.parent.is_dir():
        raise SupportqError(f"there is no folder {path.parent}", f"create it: mkdir -p {path.parent}")
    partial = draft_of(path)
    try:
        yield partial
        _put_into_place(partial, path)
    except PermissionError as error:
        raise SupportqError(f"{path.parent} can't be written: {error.strerror}", "choose another folder") from error
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def new_queue(path: Path, group: str | None = None, steps: Steps = STEPS) -> Iterator[Queue]:
    """Lend an empty queue to fill, for its owner or for a Unix group; all of it is in the one file afterwards."""
    queue = create_queue(path, mode=0o660 if group else 0o600, steps=steps)
    try:
        if group:
            _give_to(path, group)
        yield queue
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
