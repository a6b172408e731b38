"""Drafts: files in the making, beside what they become; what a killed process left of one, the next one removes."""

import os
from glob import escape
from pathlib import Path


def draft_of(path: Path) -> Path:
    """Return where this process makes a file, to be put into the place of `path` when it is whole."""
    for left in path.parent.glob(f".{escape(path.name)}.*.part*"):
        process = left.name.removeprefix(f".{path.name}.").partition(".")[0]
        if process.isdecimal() and not is_running(int(process)):
            left.unlink(missing_ok=True)
    return path.with_name(f".{path.name}.{os.getpid()}.part")


def is_running(process: int) -> bool:
    """Tell whether a process of this machine is there, whoever it belongs to; one that ended is not."""
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return not _has_ended(process)


def _has_ended(process: int) -> bool:
    """Tell whether nothing but its number is left of a process, where the system says so."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] in _ENDED


_ENDED = ("Z", "X")
