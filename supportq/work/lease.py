"""Who is at work on something: a process of this machine, of which one can tell later whether it still lives."""

import os
import socket
from datetime import datetime, timedelta
from pathlib import Path

from supportq.drafts import is_running
from supportq.store.outbox import Posted

FOREIGN_FOR = timedelta(hours=1)
"""How long a process of which nobody here can tell is believed to be at work."""


def my_lease() -> str:
    """Return the name of this process, which no other one ever bears."""
    return f"{socket.gethostname()} {os.getpid()} {_started(os.getpid())}"


def is_abandoned(posted: Posted, now: datetime) -> bool:
    """Tell whether the process that claimed a message is gone."""
    host, _, process = posted.claimed_by.rpartition(" ")[0].rpartition(" ")
    if host != socket.gethostname() or not process.isdigit():
        return posted.claimed_at is None or now - posted.claimed_at > FOREIGN_FOR
    return posted.claimed_by.rpartition(" ")[2] != _started(int(process)) or not is_running(int(process))


def _started(process: int) -> str:
    """Return when a process began, in the system's own count; the same number may have been another one's before."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19]
    except OSError:
        return "-"
