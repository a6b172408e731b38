"""Words completed: what is offered where, and that real shells put it on the line."""

import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pexpect  # type: ignore[import-untyped]
import pytest
from queues import a_queue, ago
from running import run

from supportq.app import COMMANDS
from supportq.commands.complete import complete, offers, read
from supportq.desk import Desk
from supportq.errors import ExitCode
from supportq.output.streams import Streams

SETUP = {
    "bash": (["--norc", "--noprofile"], 'eval "$(supportq completion bash)"'),
    "zsh": (["-f"], 'autoload -Uz compinit; compinit -u -D; eval "$(supportq completion zsh)"'),
    "fish": (["--no-config"], "supportq completion fish | source"),
}
LINES = {
    "supportq brea": "supportq breaches",
    "supportq list status:on_": "supportq list status:on_hold",
    "supportq list not:status:new,res": "supportq list not:status:new,resolved",
    "supportq list agent:be": "supportq list agent:ben",
    "supportq list --team tech": "supportq list --team technical",
    "supportq config chec": "supportq config check",
    "supportq resolve --rea": "supportq resolve --reason",
    "supportq import inq": "supportq import inquiries.csv",
    "supportq prioritise 1 urg": "supportq prioritise 1 urgent",
}


@pytest.fixture(scope="session")
def queue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with a_queue(tmp_path_factory.mktemp("queue")) as bench:
        bench.ask("Order 12 not here", ago(hours=3), tags_added=["parcel-lost"])
        bench.ask("Loom\x1b[31m stops", ago(hours=2))
        for number in range(10):
            bench.ask(f"Yarn {number}", ago(hours=1))
        return bench.queue.path


def offered(queue: Path, *words: str) -> dict[str, str]:
    environment = {"SUPPORTQ_QUEUE": str(queue), "SUPPORTQ_AGENT": "ann", "XDG_CONFIG_HOME": str(queue.parent)}
    desk = Desk(Streams(io.StringIO(), io.StringIO(), io.StringIO(), environment))
    found = {offer.word: offer.help for offer in offers(read(words, COMMANDS), desk)}
    desk.close()
    return found


def test_commands_come_with_what_they_do(queue: Path) -> None:
    assert offered(queue, "bre") == {"breaches": "Check tickets against their SLA."}
    assert set(offered(queue, "config", "")) == {"show", "edit", "apply", "set", "diff", "check", "history"}


def test_tickets_come_with_their_subjects_and_the_most_urgent_first(queue: Path) -> None:
    found = offered(queue, "show", "")

    assert list(found)[:2] == ["1", "2"]
    assert found["1"] == "Order 12 not here"
    assert list(offered(queue, "show", "1")) == ["12", "11", "10", "1"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("list", "prio"), ["priority:"]),
        (("list", "priority:u"), ["priority:urgent"]),
        (("list", "team:"), ["team:sales", "team:technical", "team:none"]),
        (("list", "agent:m"), ["agent:me"]),
        (("list", "tag:p"), ["tag:parcel-lost"]),
        (("list", "view:"), ["view:mine"]),
        (("list", "field"), ["field.order:"]),
        (("list", "not:sl"), ["not:sla:"]),
        (("--tz", "UTC", "bre"), ["breaches"]),
        (("assign", "1", "b"), ["ben"]),
        (("canned", "show", ""), ["thanks"]),
        (("hours", "add", "o"), ["office"]),
        (("list", "-f", "js"), ["json", "jsonl"]),
        (("breaches", "-f", "pr"), ["prom"]),
        (("watch", "prio"), ["priority:"]),
        (("log", "--to", "12"), ["12"]),
        (("help", "exi"), ["exit-codes"]),
        (("completion", ""), ["bash", "zsh", "fish"]),
        (("sql", ""), []),
        (("import", ""), ["/"]),
    ],
)
def test_a_word_is_completed_by_what_can_stand_there(queue: Path, words: tuple[str, ...], expected: list[str]) -> None:
    assert list(offered(queue, *words)) == expected


def test_options_come_with_their_help_and_hidden_ones_stay_hidden(queue: Path) -> None:
    found = offered(queue, "list", "--")

    assert found["--group"]
    assert "--help" in found
    assert "--now" not in found


def test_without_a_queue_what_needs_none_is_completed(tmp_path: Path) -> None:
    assert "bash" in offered(tmp_path / "none.db", "completion", "")
    with pytest.raises(Exception, match="no queue file"):
        offered(tmp_path / "none.db", "list", "team:")


def test_a_shell_is_never_disturbed_by_a_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUPPORTQ_QUEUE", str(tmp_path / "none.db"))

    assert complete(["zsh", "list", "team:"], COMMANDS) == 0
    assert complete(["bash"], COMMANDS) == 0
    assert capsys.readouterr().err == ""


def test_an_unknown_shell_is_refused(tmp_path: Path) -> None:
    assert run("completion", "csh", queue=tmp_path / "none.db").code == ExitCode.USAGE


def test_values_are_completed_without_the_slow_parts(queue: Path) -> None:
    program = (
        "import sys; from supportq.app import main\n"
        "try: main()\n"
        "except SystemExit: print(sorted({'typer', 'rich', 'pydantic', 'sqlite_utils'} & set(sys.modules)))"
    )
    arguments = [sys.executable, "-c", program, "__complete", "zsh", "show", ""]
    ended = subprocess.run(
        arguments, capture_output=True, text=True, check=True, env=os.environ | {"SUPPORTQ_QUEUE": str(queue)}
    )

    assert "2\tLoom stops\n" in ended.stdout
    assert ended.stdout.endswith("[]\n")


@pytest.mark.parametrize("shell", SETUP)
def test_a_real_shell_puts_the_word_on_its_line(shell: str, queue: Path, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    (tmp_path / "inquiries.csv").touch()
    options, setup = SETUP[shell]
    person = pexpect.spawn(
        shell,
        options,
        cwd=str(tmp_path),
        env=surroundings(queue, tmp_path),
        encoding="utf-8",
        dimensions=(50, 200),
        timeout=20,
    )
    person.sendline(setup)
    person.sendline("echo REA''DY")
    person.expect("READY")

    for begun, completed in LINES.items():
        person.send(f"{begun}\t")
        person.send("\x01echo '<'\x05'>'\r")
        person.expect(r"< ?supportq ([^>\r\n]*?) ?>\r")
        assert isinstance(person.match, re.Match)
        assert f"supportq {person.match[1]}" == completed
    person.close(force=True)


def surroundings(queue: Path, home: Path) -> Any:
    places = {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_DATA_HOME": str(home), "INPUTRC": "/dev/null"}
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return {**os.environ, **places, "PATH": path, "TERM": "xterm", "SUPPORTQ_QUEUE": str(queue)}
