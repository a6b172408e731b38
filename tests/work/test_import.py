"""An import that is killed, and writers beside each other: nothing is lost, nothing is there twice."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from queues import new_queue
from running import run

from supportq.work.import_ import BATCH

COUNT = 8_000
NOW = "2026-11-20T15:00:00Z"


def command(desk: Path, *words: str) -> list[str]:
    code = "from supportq.app import main; main()"
    return [sys.executable, "-c", code, *words, "--queue", str(desk), "--as", "ann", "--now", NOW]


def rows(folder: Path, count: int) -> Path:
    file = folder / "rows.csv"
    lines = (
        f"K-{number},c{number % 900}@example.com,Loom {number},It creaks,{_thread(number)}" for number in range(count)
    )
    file.write_text("\n".join(("ref,email,subject,message,thread", *lines)), encoding="utf-8")
    return file


def _thread(number: int) -> str:
    return f"K-{number - 900}" if number % 7 == 0 and number >= 900 else ""


def kill_after(seconds: float, words: list[str]) -> None:
    with subprocess.Popen(words, stderr=subprocess.DEVNULL) as process:
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)


def counted(desk: Path, table: str) -> int:
    return int(run("sql", f"select count(*) from {table}", "-f", "tsv", "--no-header", queue=desk).out)


def killed_and_completed(folder: Path, kills: int, count: int) -> None:
    desk, file = new_queue(folder / "desk.db"), rows(folder, count)
    chance = random.Random(count)  # noqa: S311 - the same moments each time
    for _ in range(kills):
        kill_after(chance.uniform(0.3, 1.2), command(desk, "import", str(file)))
        assert run("doctor", queue=desk).code == 0
        assert counted(desk, "message") % BATCH == 0 or counted(desk, "message") == count
    done = run("import", str(file), queue=desk)
    assert done.code == 0, done.err
    assert counted(desk, "message") == counted(desk, "source_key where source = 'csv'") == count
    assert run("doctor", queue=desk).code == 0


def test_an_import_that_was_killed_holds_whole_batches_and_is_completed_by_another(tmp_path: Path) -> None:
    killed_and_completed(tmp_path, kills=2, count=COUNT)


@pytest.mark.long
def test_an_import_that_was_killed_again_and_again_is_completed(tmp_path: Path) -> None:
    killed_and_completed(tmp_path, kills=25, count=20_000)


def logged_by_many(desk: Path, processes: int, each: int) -> None:
    code = (
        "import sys\nfrom supportq.app import run\nfrom supportq.output.streams import Streams\n"
        "for number in range(int(sys.argv[1])):\n"
        "    words = ['log', f'Loom {number}', '-c', f'c{number}@example.com', '-m', 'x', *sys.argv[2:]]\n"
        "    assert run(words, Streams.of_process()) == 0\n"
    )
    words = [sys.executable, "-c", code, str(each), "--queue", str(desk), "--as", "ann", "--now", NOW]
    running = [subprocess.Popen(words, stderr=subprocess.PIPE) for _ in range(processes)]
    failed = [error for process in running if (error := process.communicate()[1]) and process.returncode]
    assert failed == []
    assert counted(desk, "ticket") == counted(desk, "message") == processes * each
    assert counted(desk, "customer") == each


def test_processes_that_log_at_once_lose_nothing(tmp_path: Path) -> None:
    logged_by_many(new_queue(tmp_path / "desk.db"), processes=4, each=10)


@pytest.mark.long
def test_twenty_processes_that_log_fifty_each_lose_nothing(tmp_path: Path) -> None:
    logged_by_many(new_queue(tmp_path / "desk.db"), processes=20, each=50)
