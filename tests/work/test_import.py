"""An import that is killed, and writers beside each other: nothing is lost, nothing is there twice."""

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from queues import SETTINGS, new_queue
from running import run

from supportq.work.import_ import BATCH

COUNT = 8_000
FEW = 3_000
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
    assert len(imports(desk)) == 1
    assert run("doctor", queue=desk).code == 0


def test_an_import_that_was_killed_holds_whole_batches_and_is_completed_by_another(tmp_path: Path) -> None:
    killed_and_completed(tmp_path, kills=2, count=COUNT)


@pytest.mark.long
def test_an_import_that_was_killed_again_and_again_is_completed(tmp_path: Path) -> None:
    killed_and_completed(tmp_path, kills=25, count=20_000)


def interrupted(folder: Path, by: signal.Signals = signal.SIGKILL) -> tuple[Path, Path]:
    """Return a queue that has a part of a file, and the file."""
    desk, file = new_queue(folder / "desk.db"), rows(folder, FEW)
    with subprocess.Popen(command(desk, "import", str(file)), stderr=subprocess.DEVNULL) as process:
        while counted(desk, "message") < FEW // 3 and process.poll() is None:
            time.sleep(0.02)
        process.send_signal(by)
    assert 0 < counted(desk, "message") < FEW
    return desk, file


def imports(desk: Path) -> list[dict[str, object]]:
    """Return the imports among the changes, the newest first."""
    return [each for each in json.loads(run("changes", "-f", "json", queue=desk).out) if each["verb"] == "import"]


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGINT])
def test_an_import_that_was_interrupted_goes_on_in_its_change_which_one_undo_takes_back(
    by: signal.Signals, tmp_path: Path
) -> None:
    desk, file = interrupted(tmp_path, by)
    assert [str(each["told"])[-12:] for each in imports(desk)] == ["(unfinished)"]
    assert run("log", "Loom 0 again", "-c", "bob@example.com", "-m", "x", queue=desk).code == 0

    done = run("import", str(file), queue=desk)

    (change,) = imports(desk)
    assert f"change {change['id']}\n" in done.err
    assert f"Undo: supportq undo {change['id']}\n" in done.err
    assert "unfinished" not in str(change["told"])
    assert run("undo", str(change["id"]), "--yes", queue=desk).code == 0
    assert run("count", "status:any", queue=desk).out.split()[-1] == "1"
    assert run("doctor", queue=desk).code == 0


def test_the_rules_read_what_was_told_before_an_import_was_interrupted(tmp_path: Path) -> None:
    desk = new_queue(
        tmp_path / "desk.db", f'{SETTINGS}[[rules]]\nname = "money"\nwhen = "text:refund"\nteam = "sales"\n'
    )
    file = tmp_path / "rows.csv"
    told = ["K-0,a@example.com,Loom,It creaks,", "K-1,a@example.com,Loom,Refund please,K-0"]
    others = [f"N-{number},b@example.com,Yarn,Thanks,N-{number // 2}" for number in range(1, 2 * BATCH)]
    file.write_text("\n".join(("ref,email,subject,message,thread", *told, *others, "X,odd,x,x,")), encoding="utf-8")
    stopped = run("import", str(file), "--triage", "--max-rejects", "0", queue=desk)
    assert (stopped.code, counted(desk, "ticket where team is null") > 0) == (7, True)
    file.write_text(file.read_text(encoding="utf-8").replace("X,odd,", "X,odd@example.com,"), encoding="utf-8")

    assert run("import", str(file), "--triage", queue=desk).code == 0

    assert len(imports(desk)) == 1
    assert run("list", "key:K-0", "-c", "team,status", "-f", "tsv", "--no-header", queue=desk).out == "sales\topen\n"


def test_work_on_tickets_of_an_interrupted_import_stays_and_is_part_of_no_import(tmp_path: Path) -> None:
    desk, file = interrupted(tmp_path)
    assert run("reply", "3", "-m", "Oil it", queue=desk, agent="ben").code == 0
    assert run("import", str(file), queue=desk).code == 0

    (change,) = imports(desk)
    refused = run("undo", str(change["id"]), "--yes", queue=desk)
    together = run("undo", str(change["id"]), "--with-later", "--yes", queue=desk)

    assert (refused.code, "--with-later" in refused.err, together.code) == (1, True, 0)
    assert run("count", "status:any", queue=desk).out.split()[-1] == "0"


def undo_it(desk: Path, _file: Path) -> str:
    assert run("undo", "--yes", queue=desk).code == 0
    return "ann"


def say_something_else(_desk: Path, file: Path) -> str:
    file.write_text(file.read_text(encoding="utf-8").replace("Loom 7,", "Loom seven,"), encoding="utf-8")
    return "ann"


def be_somebody_else(_desk: Path, _file: Path) -> str:
    return "ben"


@pytest.mark.parametrize("meanwhile", [undo_it, say_something_else, be_somebody_else])
def test_what_was_undone_or_is_not_the_same_import_begins_a_change_of_its_own(
    meanwhile: Callable[[Path, Path], str], tmp_path: Path
) -> None:
    desk, file = interrupted(tmp_path)
    agent = meanwhile(desk, file)

    done = run("import", str(file), "--on-duplicate", "update", queue=desk, agent=agent)

    assert (done.code, len(imports(desk))) == (0, 2)
    assert counted(desk, "message where undone = 0") == FEW


def test_an_import_that_is_undone_while_it_runs_goes_on_in_another_change(tmp_path: Path) -> None:
    desk, file = new_queue(tmp_path / "desk.db"), rows(tmp_path, FEW)
    with subprocess.Popen(command(desk, "import", str(file)), stderr=subprocess.PIPE) as process:
        while counted(desk, "message") < FEW // 3 and process.poll() is None:
            time.sleep(0.02)
        assert run("undo", "--yes", queue=desk).code == 0
        process.communicate()

    again, first = (str(each["told"]) for each in imports(desk))
    assert (process.returncode, "(undone by 3)" in first, "undone" in again) == (0, True, False)
    assert run("import", str(file), queue=desk).code == 0
    assert counted(desk, "message where undone = 0") == FEW


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
