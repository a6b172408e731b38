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
    """Tell whether a process of this machine is there, whoever it belongs to."""
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
