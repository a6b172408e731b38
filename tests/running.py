"""The real command line, run in this process on streams of our own."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from supportq.app import run as run_app
from supportq.output.streams import Streams

NOW = "2026-11-20T15:00:00Z"


@dataclass(frozen=True, slots=True)
class Run:
    """What a command left behind: its exit code, and what it wrote."""

    code: int
    out: str
    err: str


class Terminal(io.StringIO):
    """A stream behind which a person sits."""

    def isatty(self) -> bool:
        return True


def run(  # noqa: PLR0913 - each is one thing that a shell could have set
    *words: str,
    queue: Path,
    now: str = NOW,
    agent: str = "ann",
    stdin: str = "",
    terminal: bool = False,
    zone: str = "Europe/Berlin",
    environment: Mapping[str, str] | None = None,
) -> Run:
    """Run a command on a queue; on a terminal it draws 80 columns without colour."""
    place = queue.parent
    told = {
        "SUPPORTQ_QUEUE": str(queue),
        "SUPPORTQ_AGENT": agent,
        "SUPPORTQ_NOW": now,
        "XDG_CONFIG_HOME": str(place / "config"),
        "XDG_STATE_HOME": str(place / "state"),
        "XDG_CACHE_HOME": str(place / "cache"),
        "TZ": zone,
        "TERM": "xterm",
        "COLUMNS": "80",
        "NO_COLOR": "1",
        **(environment or {}),
    }
    stream = Terminal if terminal else io.StringIO
    stdout, stderr = stream(), stream()
    code = run_app(list(words), Streams(stream(stdin), stdout, stderr, told))
    return Run(int(code), stdout.getvalue(), stderr.getvalue())
