"""The README as a program reads it; run this to write its console blocks anew from what supportq prints."""

import re
import shlex
import tempfile
from contextlib import chdir
from pathlib import Path

from running import run

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
NOW = "2026-11-20T17:00:00Z"

_BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)


def lines_of(language: str) -> list[str]:
    """Return the lines of all blocks in a language, in their order."""
    text = README.read_text(encoding="utf-8")
    return [
        line for block in _BLOCK.finditer(text) if block["language"] == language for line in block["text"].splitlines()
    ]


def answered(folder: Path) -> str:
    """Return the README with what supportq prints at a terminal under each command of its consoles.

    All of them work on one desk, in their order: the one that `supportq demo` makes.
    """
    desk = folder / "demo.db"
    with chdir(folder):
        run("demo", ".", queue=desk, now=NOW)
        return _BLOCK.sub(lambda block: _answered(block, desk), README.read_text(encoding="utf-8"))


def _answered(block: re.Match[str], desk: Path) -> str:
    if block["language"] != "console":
        return block[0]
    commands = [line for line in block["text"].splitlines() if line.startswith("$ ")]
    return (
        "\n\n".join(["```console\n" + _printed(commands[0], desk), *(_printed(line, desk) for line in commands[1:])])
        + "\n```"
    )


def _printed(command: str, desk: Path) -> str:
    ran = run(*shlex.split(command)[2:], queue=desk, now=NOW, terminal=True)
    return "\n".join([command, *(line.rstrip() for line in (ran.out + ran.err).rstrip().splitlines())])


def main() -> None:
    """Write the README anew."""
    with tempfile.TemporaryDirectory() as name:
        README.write_text(answered(Path(name)), encoding="utf-8")


if __name__ == "__main__":
    main()
