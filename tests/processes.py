"""The real program in processes of its own, as shells, cron and other people start it."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
SUPPORTQ = str(BIN / "supportq")
NOW = "2026-11-20T17:00:00Z"


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Return an environment in which all that a person keeps lies under one folder, and `supportq` is on the path."""
    return {
        "PATH": f"{BIN}:{folder / 'bin'}:/usr/local/bin:/usr/bin:/bin",
        "HOME": str(folder / "home"),
        "LANG": "C.UTF-8",
        "TZ": "Europe/Berlin",
        "LOGNAME": "ann",
        "SUPPORTQ_NOW": NOW,
        "SUPPORTQ_QUEUE": str(folder / "team.db"),
        **more,
    }


def supportq(
    *words: str, folder: Path, stdin: str | None = None, more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run one command in a folder and return its exit code and what it wrote."""
    return subprocess.run(
        [SUPPORTQ, *words],
        cwd=folder,
        env=environment(folder, **(more or {})),
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def program(folder: Path, name: str, script: str) -> None:
    """Put a small shell program on the path, such as an editor or a pager that beeps."""
    file = folder / "bin" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)
