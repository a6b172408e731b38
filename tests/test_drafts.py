import os
import subprocess
import sys
from pathlib import Path

from supportq.drafts import draft_of


def test_what_a_killed_process_left_of_a_file_is_swept_away_and_nothing_else(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    with subprocess.Popen([sys.executable, "-c", ""]) as unnoticed:
        os.waitid(os.P_PID, unnoticed.pid, os.WEXITED | os.WNOWAIT)
        check_swept(tmp_path, unnoticed.pid)
    check_swept(tmp_path, ended.pid)


def check_swept(folder: Path, ended: int) -> None:
    left, running = (folder / f".team.db.{process}.part" for process in (ended, os.getpid()))
    beside = left.with_name(f"{left.name}-wal"), running.with_name(f"{running.name}.other"), folder / ".team.db.x"
    for file in (left, *beside):
        file.touch()

    assert draft_of(folder / "team.db") == running
    assert set(folder.iterdir()) == set(beside[1:])
