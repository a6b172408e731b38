"""The live board on a real terminal: drawn, resized, left, ended and put to sleep."""

import signal
import sqlite3
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pexpect  # type: ignore[import-untyped]
import pyte
import pytest
from processes import SUPPORTQ, environment
from queues import a_queue, ago
from running import run

NOW = "2026-11-20T15:00:00Z"
PATIENCE_S = 20


class Watched:
    """A board in a terminal of its own, and what that terminal shows."""

    def __init__(self, queue: Path, *command: str, lines: int = 24) -> None:
        self.screen = pyte.Screen(80, lines)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""
        told = environment(queue.parent, TERM="xterm-256color", SUPPORTQ_QUEUE=str(queue), SUPPORTQ_NOW=NOW)
        program, *words = command or (SUPPORTQ, "watch", "--every", "10m")
        self.process = pexpect.spawn(program, words, env=told, dimensions=(lines, 80))

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    @property
    def is_as_it_was(self) -> bool:
        """Tell whether the terminal echoes keys by the line again, shows its cursor and what was on it before."""
        modes = termios.tcgetattr(self.process.child_fd)[3]
        return (
            bool(modes & termios.ICANON)
            and bool(modes & termios.ECHO)
            and self.raw.rindex(b"\x1b[?25h") > self.raw.rindex(b"\x1b[?25l")
            and self.raw.rindex(b"\x1b[?1049l") > self.raw.rindex(b"\x1b[?1049h")
        )

    def until(self, holds: Callable[[], bool]) -> None:
        """Take in what the terminal is sent until something holds."""
        end = time.monotonic() + PATIENCE_S
        while not holds():
            assert time.monotonic() < end, self.text
            with suppress(pexpect.TIMEOUT):
                self.take_in()

    def take_in(self) -> None:
        piece = self.process.read_nonblocking(65_536, timeout=0.1)
        self.raw += piece
        self.stream.feed(piece)

    def shows(self, words: str) -> None:
        self.until(lambda: words in self.text)

    def ends(self) -> None:
        with suppress(pexpect.EOF):
            self.until(lambda: False)
        self.process.wait()


@pytest.fixture
def queue(tmp_path: Path) -> Path:
    with a_queue(tmp_path) as bench:
        bench.ask("Late since an hour", ago(hours=3), team="sales")
        bench.ask("Due in an hour", ago(hours=1))
        bench.ask("Due in five minutes \x1b]0;owned\x07", ago(minutes=115), assignee="ann")
        return bench.queue.path


@pytest.fixture
def watched(queue: Path) -> Iterator[Watched]:
    watched = Watched(queue)
    watched.shows("q leaves")
    yield watched
    watched.process.close(force=True)


def log_something_late(queue: Path) -> None:
    words = ("log", "Late from the start", "-c", "eve@example.com", "--at", "2026-11-20T10:00:00Z", "-m", "x")
    assert run(*words, queue=queue).code == 0


def test_a_board_shows_what_is_late_and_then_what_is_due_next(watched: Watched) -> None:
    lines = watched.text.splitlines()

    assert lines[0] == "Loom support  1 late, 1 at risk  at 16:00:00"
    assert [line.split("  ")[1].strip() for line in lines[3:6]] == ["1h late", "in 5m", "in 1h"]
    assert max(map(len, lines)) <= 80


def test_q_leaves_the_terminal_as_it_was(watched: Watched) -> None:
    watched.process.send("q")
    watched.ends()

    assert watched.process.exitstatus == 0
    assert watched.is_as_it_was


def test_r_looks_again_and_a_new_breach_rings_once(watched: Watched, queue: Path) -> None:
    log_something_late(queue)
    watched.process.send("r")
    watched.shows("2 late")
    watched.process.send("r")
    watched.process.send("q")
    watched.ends()

    assert "Late from the start" in watched.text
    assert watched.raw.count(b"\x07") == 1


def test_a_board_looks_by_itself(queue: Path) -> None:
    watched = Watched(queue, SUPPORTQ, "watch", "--every", "1s", "--no-bell")
    watched.shows("1 late")
    log_something_late(queue)

    watched.shows("2 late")
    watched.process.close(force=True)
    assert b"\x07" not in watched.raw


def test_a_board_is_drawn_over_itself_and_never_cleared(watched: Watched) -> None:
    drawn = len(watched.raw)
    watched.process.send("r")
    watched.until(lambda: b"\x1b[H" in watched.raw[drawn:] and b"q leaves" in watched.raw[drawn:])

    assert b"\x1b[2J" not in watched.raw
    assert b"\x1b[J" not in watched.raw[drawn:]


def test_a_board_fits_the_terminal_that_it_is_resized_to(watched: Watched) -> None:
    watched.screen.reset()
    watched.screen.resize(9, 50)
    watched.process.setwinsize(9, 50)
    watched.shows("q leaves")

    lines = watched.text.splitlines()
    assert max(map(len, lines)) <= 50
    assert "q leaves" in lines[-1] + lines[-2]
    assert [words in watched.text for words in ("1h late", "in 5m")] == [True, True]


def test_a_busy_queue_leaves_the_last_picture_and_its_age(watched: Watched, queue: Path) -> None:
    with closing(sqlite3.connect(queue, isolation_level=None)) as other:
        other.execute("pragma locking_mode = exclusive")
        other.execute("begin exclusive")
        watched.process.send("r")
        watched.shows("the queue is busy; this is how it was 0s ago")
        assert "Late since an hour" in watched.text
        other.execute("rollback")

    watched.process.send("r")
    watched.shows("q leaves")


def test_a_queue_that_is_gone_leaves_the_last_picture_and_says_so(watched: Watched, queue: Path) -> None:
    queue.rename(queue.with_name("elsewhere.db"))
    watched.process.send("r")

    watched.shows("no queue file at")
    assert "Late since an hour" in watched.text


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_whoever_is_ended_leaves_the_terminal_as_it_was(watched: Watched, number: signal.Signals) -> None:
    watched.process.kill(number)
    watched.ends()

    assert watched.process.signalstatus == number
    assert watched.is_as_it_was


def test_ctrl_c_leaves_the_terminal_as_it_was(watched: Watched) -> None:
    watched.process.send("\x03")
    watched.ends()

    assert watched.process.exitstatus == 130
    assert watched.is_as_it_was


def test_a_board_that_sleeps_gives_the_terminal_back_and_comes_again(queue: Path) -> None:
    shell = Watched(queue, "bash", "--norc", "-i")
    shell.process.sendline("supportq watch")
    shell.shows("q leaves")
    shell.process.send("\x1a")
    shell.shows("Stopped")
    assert b"\x1b[?1049l" in shell.raw
    assert b"\x1b[?25h" in shell.raw

    shell.screen.reset()
    shell.process.sendline("fg")
    shell.shows("q leaves")
    shell.process.close(force=True)


def test_no_stranger_names_the_window(watched: Watched) -> None:
    assert b"owned" not in watched.raw
    assert "Due in five minutes" in watched.text


def test_what_is_due_next_pushes_nothing_late_off_a_board(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        for number in range(20):
            bench.ask(f"Late {number}", ago(hours=3))
            bench.ask(f"Due {number}", ago(hours=1))
    for lines, late, due in ((16, 10, 0), (24, 18, 0), (25, 20, 0), (29, 20, 4)):
        watched = Watched(tmp_path / "desk.db", lines=lines)
        watched.shows("q leaves")

        assert (watched.text.count(" Late "), watched.text.count(" Due ")) == (late, due + 1)
        assert (f"and {20 - late} more that are late: supportq breaches" in watched.text) is (late < 20)
        watched.process.close(force=True)


def test_without_a_terminal_a_board_names_what_cron_should_use(queue: Path) -> None:
    refused = run("watch", queue=queue)

    assert (refused.code, refused.out) == (2, "")
    assert "supportq breaches" in refused.err


@pytest.mark.parametrize(
    ("words", "code"), [(("--every", "0s"), 2), (("priority:urgnt",), 2), (("sales",), 2), (("77",), 3)]
)
def test_mistakes_are_told_before_the_screen_is_taken(queue: Path, words: tuple[str, ...], code: int) -> None:
    refused = run("watch", *words, queue=queue, terminal=True)

    assert (refused.code, refused.out) == (code, "")
