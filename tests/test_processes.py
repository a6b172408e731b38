"""What a kill, a broken pipe, Ctrl-C, a full disk or a read-only file may do to a queue: nothing."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from processes import ROOT, SUPPORTQ, environment, supportq

INQUIRIES = str(ROOT / "examples" / "inquiries.csv")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    assert supportq("init", "team.db", "--preset", "liveagent", folder=tmp_path).returncode == 0
    return tmp_path


@pytest.fixture
def busy_desk(desk: Path) -> Path:
    assert supportq("import", INQUIRIES, "--rejects", str(desk / "bad.csv"), folder=desk).returncode == 7
    return desk


def shell(script: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run a line of shell in a folder."""
    told = environment(folder)
    return subprocess.run(["sh", "-c", script], cwd=folder, env=told, capture_output=True, text=True, check=False)


def asked(folder: Path, question: str) -> list[tuple[object, ...]]:
    """Ask the file itself."""
    with closing(sqlite3.connect(folder / "team.db")) as connection:
        return connection.execute(question).fetchall()


def tickets(folder: Path) -> int:
    return len(supportq("list", "status:any", "-f", "ids", "-L", "0", folder=folder).stdout.split())


def assert_is_sound(folder: Path) -> None:
    checked = supportq("doctor", folder=folder)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("kills", [10, pytest.param(200, marks=pytest.mark.long)])
def test_a_command_that_is_killed_is_done_whole_or_not_at_all(desk: Path, kills: int) -> None:
    words = [SUPPORTQ, "log", "Refund for order A-17", "-c", "ida@example.com", "-m", "Where is it?", "-t", "carrier"]
    subprocess.run(words, env=environment(desk), check=True, capture_output=True)
    chance = random.Random(kills)  # noqa: S311 - moments, not secrets
    for _ in range(kills):
        process = subprocess.Popen(words, env=environment(desk), stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.05, 0.35))
        process.kill()
        process.wait()

    whole = "select count(*), count(distinct kind), count(distinct ticket_id) from event group by change_id"
    assert len(set(asked(desk, whole))) == 1
    assert asked(desk, "select count(*) from message") == asked(desk, "select count(*) from ticket")
    assert_is_sound(desk)


def test_a_reader_whose_pipe_is_closed_ends_quietly(busy_desk: Path) -> None:
    ran = shell("{ supportq export; echo $? >&2; } | head -1", busy_desk)

    assert (ran.stdout.count("\n"), ran.stderr) == (1, "141\n")


def test_a_writer_whose_pipe_is_closed_does_its_work(desk: Path) -> None:
    ran = shell(f"{{ supportq import {INQUIRIES} -q -f ids --rejects bad.csv; echo $? >&2; }} | true", desk)

    assert ran.stderr.splitlines()[-1] == "7"
    assert tickets(desk) == 385


def test_a_closed_stdout_is_one_line_of_error(busy_desk: Path) -> None:
    ran = shell("supportq list >&-", busy_desk)

    assert (ran.returncode, ran.stderr.count("\n")) == (1, 2)
    assert ran.stderr.startswith("supportq: can't write to stdout")


def test_a_closed_stderr_stops_nobody(desk: Path) -> None:
    assert shell("supportq log Lost -c ida@example.com -m x 2>&-", desk).returncode == 0
    assert tickets(desk) == 1


def test_a_full_stdout_is_one_line_of_error(busy_desk: Path) -> None:
    ran = shell("supportq export > /dev/full", busy_desk)

    assert (ran.returncode, ran.stderr.splitlines()[0]) == (
        1,
        "supportq: can't write to stdout: No space left on device",
    )


def test_ctrl_c_leaves_with_130_and_changes_nothing(desk: Path) -> None:
    process = subprocess.Popen(
        [SUPPORTQ, "import", "-", "--from", "jsonl"],
        env=environment(desk),
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    said = process.communicate()[1]

    assert process.returncode == 130
    assert "Traceback" not in said
    assert tickets(desk) == 0


def test_a_queue_whose_making_is_killed_is_whole_or_not_there(busy_desk: Path) -> None:
    supportq("export", "-o", "all.jsonl", folder=busy_desk)
    made = busy_desk / "copy.db"
    for delay in (0.3, 0.4, 0.5, 0.6):
        words = [SUPPORTQ, "init", made.name, "--from", "all.jsonl"]
        process = subprocess.Popen(words, cwd=busy_desk, env=environment(busy_desk), stderr=subprocess.DEVNULL)
        time.sleep(delay)
        process.kill()
        process.wait()
        if made.exists():
            assert supportq("export", "--queue", made.name, folder=busy_desk).stdout == (
                busy_desk / "all.jsonl"
            ).read_text(encoding="utf-8")
            made.unlink()


@pytest.fixture
def follower(desk: Path) -> Iterator["subprocess.Popen[str]"]:
    """Somebody who follows the queue from its first ticket on, and has seen that one."""
    log(desk, "The first")
    words = [SUPPORTQ, "export", "not:priority:urgent", "--follow", "--after", "0"]
    process = subprocess.Popen(words, env=environment(desk), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout
    assert json.loads(process.stdout.readline())["subject"] == "The first"
    yield process
    process.kill()
    process.communicate()


def log(desk: Path, subject: str, *more: str) -> None:
    assert supportq("log", subject, "-c", "ida@example.com", "-m", "x", *more, folder=desk).returncode == 0


def test_new_tickets_are_told_once_as_they_come_and_none_that_are_not_meant(
    desk: Path, follower: "subprocess.Popen[str]"
) -> None:
    log(desk, "Smoke", "--priority", "urgent")
    log(desk, "The third")
    assert follower.stdout

    assert [json.loads(follower.stdout.readline())["id"]] == [3]


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_following_ends_in_peace(follower: "subprocess.Popen[str]", sign: signal.Signals) -> None:
    time.sleep(0.3)
    follower.send_signal(sign)

    assert (follower.communicate(timeout=10), follower.returncode) == (("", ""), 0)


def test_following_ends_once_nobody_reads_even_when_nothing_happens(follower: "subprocess.Popen[str]") -> None:
    assert follower.stdout
    assert follower.stderr
    follower.stdout.close()

    assert (follower.wait(timeout=10), follower.stderr.read()) == (141, "")


def test_no_room_for_the_queue_means_try_again_and_the_same_command_goes_on_later(desk: Path) -> None:
    blocks = (desk / "team.db").stat().st_size // 512 + 400
    ran = shell(f"ulimit -f {blocks}; exec supportq import {INQUIRIES} --rejects bad.csv", desk)

    assert ran.returncode == 75, ran.stderr
    assert ran.stderr.startswith(f"supportq: the disk under {desk}/team.db is full or failing")
    assert_is_sound(desk)
    assert supportq("import", INQUIRIES, "--rejects", "bad.csv", folder=desk).returncode == 7
    assert tickets(desk) == 385


@pytest.mark.parametrize("read_only", ["team.db", "."])
def test_a_read_only_file_or_folder_can_be_looked_at_and_says_who_may_write(busy_desk: Path, read_only: str) -> None:
    place = busy_desk / read_only
    mode = place.stat().st_mode
    place.chmod(mode & 0o555)
    try:
        commands = (("count",), ("doctor",), ("resolve", "1"))
        reader, doctor, writer = (by_an_ordinary_user(busy_desk, *words) for words in commands)
    finally:
        place.chmod(mode)

    assert (reader.returncode, reader.stderr) == (0, "")
    assert (doctor.returncode, doctor.stdout) == (0, "")
    assert doctor.stderr.startswith(f"search was not checked, since {busy_desk}/team.db is read-only")
    assert (writer.returncode, writer.stderr.splitlines()[0]) == (
        1,
        f"supportq: {busy_desk}/team.db can't be written: the file or its folder is read-only for you",
    )


def by_an_ordinary_user(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run a command as somebody whom modes stop, which they don't do to root."""
    harmless = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    told = environment(folder)
    return subprocess.run([*harmless, SUPPORTQ, *words], env=told, capture_output=True, text=True, check=False)
