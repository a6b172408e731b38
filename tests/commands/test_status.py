import io
from pathlib import Path

import pytest
from desks import same_screen
from queues import new_queue
from running import run

from supportq.commands.status import status
from supportq.desk import Desk
from supportq.errors import ExitCode
from supportq.output.streams import Streams


def told(queue: Path, agent: str) -> str:
    environment = {"SUPPORTQ_QUEUE": str(queue), "SUPPORTQ_AGENT": agent, "SUPPORTQ_NOW": "2026-11-20T15:00:00Z"}
    desk = Desk(Streams(io.StringIO(), io.StringIO(), io.StringIO(), environment))
    return str(status(desk).text)


def test_five_lines_tell_how_the_desk_stands_and_what_to_type(friday: Path) -> None:
    same_screen("status", told(friday, "ann"))


def test_an_empty_desk_says_how_to_fill_it(tmp_path: Path) -> None:
    assert "Next: supportq import FILE, or supportq log" in told(new_queue(tmp_path / "empty.db"), "ben")


def test_the_figures_are_those_of_the_commands_that_they_name(friday: Path) -> None:
    figures = {line[:12].strip(): line.split() for line in told(friday, "ann").splitlines()[:5]}

    assert figures["open"][1] == run("count", queue=friday).out.strip()
    assert figures["yours"][1] == run("count", "agent:me", queue=friday).out.strip()
    assert figures["late"][1] == run("count", "sla:late", queue=friday).out.strip()


@pytest.mark.parametrize("words", [(), ("-v",), ("-q",), ("--no-pager",), ("--as", "ben")], ids=" ".join)
def test_without_a_command_a_terminal_sees_how_the_desk_stands_and_a_pipe_what_there_is(
    words: tuple[str, ...], friday: Path
) -> None:
    seen, piped = run(*words, queue=friday, terminal=True), run(*words, queue=friday)

    assert (seen.code, "All commands: supportq --help" in seen.out) == (ExitCode.DONE, True)
    assert (piped.code, piped.out, "supportq --help" in piped.err) == (ExitCode.USAGE, "", True)


def test_a_queue_that_is_named_alone_and_not_there_is_missed(friday: Path, tmp_path: Path) -> None:
    missed = run("--queue", str(tmp_path / "none.db"), queue=friday, terminal=True)

    assert (missed.code, "no queue file at" in missed.err) == (ExitCode.FAILED, True)
