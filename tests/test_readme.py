"""The README tells the truth: what it shows is what is printed, and what it says to type works."""

import re
import shutil
import subprocess
from pathlib import Path

import pexpect  # type: ignore[import-untyped]
import pytest
from processes import environment, program
from readme import NOW, README, ROOT, answered, lines_of

TRY_OUT = "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/supportq demo"
TEST = "python3 -m venv .venv && .venv/bin/pip install -q '.[test]' && .venv/bin/pytest -q"
TYPED = {"supportq triage": ("q quit", "q"), "supportq config apply examples/settings.toml": ("go on", "y\r")}
"""What commands ask, and what a person types then."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    program(tmp_path, "page-someone", "true")
    program(tmp_path, "edit", 'case "$1" in *.toml) echo "# looked through" >> "$1" ;; esac')
    return tmp_path


def test_consoles_show_what_is_printed(tmp_path: Path) -> None:
    assert answered(tmp_path) == README.read_text(encoding="utf-8")


def test_two_lines_are_enough_to_try_it_and_to_test_it() -> None:
    assert [line for line in lines_of("sh") if "venv" in line] == [TRY_OUT, TEST]
    assert README.read_text(encoding="utf-8").count(".venv/bin/pytest") == 1


def test_every_line_works_on_a_new_desk_of_somebody_whose_login_is_no_name_there(folder: Path) -> None:
    told = environment(folder, SUPPORTQ_NOW=NOW, SUPPORTQ_EDITOR="edit", TERM="xterm", LOGNAME="root")
    del told["SUPPORTQ_QUEUE"]
    lines = [line for line in lines_of("sh") if line.startswith("supportq ")]
    ran = [(line, *typed(line, folder, told)) for line in lines]

    assert [(line, code, said) for line, code, said in ran if code not in exits(line)] == []


def exits(line: str) -> set[int]:
    """Return the exit codes that a line may end with: 0, or what its comment says."""
    return {0} | {int(code) for code in re.findall(r"# .*exits (\d+)", line)}


def typed(line: str, folder: Path, told: dict[str, str]) -> tuple[int, str]:
    """Run a line in a shell, at a terminal if it asks something, and return its exit code and what it wrote."""
    command = line.partition("  #")[0].strip()
    if command not in TYPED:
        ran = subprocess.run(
            ["sh", "-c", command], cwd=folder, env=told, capture_output=True, text=True, check=False, timeout=60
        )
        return ran.returncode, ran.stderr
    child = pexpect.spawn("sh", ["-c", command], cwd=str(folder), env=told, encoding="utf-8", dimensions=(24, 80))
    question, answer = TYPED[command]
    child.expect_exact(question, timeout=30)
    child.send(answer)
    child.expect(pexpect.EOF, timeout=60)
    child.close()
    return child.exitstatus, child.before or ""
