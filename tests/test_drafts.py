import os
import subprocess
import sys
from pathlib import Path

from supportq.drafts import draft_of


def test_what_a_killed_process_left_of_a_file_is_swept_away_and_nothing_else(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    left, running = (tmp_path / f".team.db.{process}.part" for process in (ended.pid, os.getpid()))
    beside = left.with_name(f"{left.name}-wal"), running.with_name(f"{running.name}.other"), tmp_path / ".team.db.x"
    for file in (left, *beside):
        file.touch()

    assert draft_of(tmp_path / "team.db") == running
    assert set(tmp_path.iterdir()) == set(beside[1:])
