"""A person's editor, and the sheet that it is opened with: the words, then the conversation below a cut."""

import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path

from supportq.errors import SupportqError
from supportq.model.message import Direction, Message
from supportq.output.clean import clean

CUT = "# ------------------------ >8 ------------------------"
_AFTER_CUT = "Write above this line; what stands below is left out. No words: nothing is done."


def sheet(text: str, heading: str, conversation: Iterable[str]) -> str:
    """Return what the editor is opened with: a text, and below the cut what it is about, each line as a comment."""
    below = [_AFTER_CUT, "", heading, "", *conversation]
    return f"{text}\n\n{CUT}\n" + "".join(f"{_comment(line)}\n" for line in below)


def written_part(sheet_text: str) -> str:
    """Return what stands above the cut, without the blank around it."""
    lines = sheet_text.splitlines()
    above = lines[: lines.index(CUT)] if CUT in lines else lines
    return "\n".join(above).strip("\n").rstrip()


def quoted(messages: Iterable[tuple[Message, str]], customer: str) -> Iterator[str]:
    """Yield messages line by line, each with when it was said."""
    for message, when in messages:
        note = "note of " if message.direction is Direction.NOTE else ""
        yield f"{note}{message.agent or customer}, {when}:"
        yield from (f"> {line}".rstrip() for line in message.body.splitlines())
        yield ""


def edit(path: Path, command: str) -> None:
    """Let a person edit a file until they leave the editor; raise SupportqError where it is missing or fails."""
    import subprocess

    try:
        ended = subprocess.run([*shlex.split(command), str(path)], check=False)  # noqa: S603 - the person's own choice
    except (OSError, ValueError) as error:
        raise SupportqError(
            f'the editor "{command}" can\'t be started', "choose one: SUPPORTQ_EDITOR, EDITOR, supportq preferences"
        ) from error
    if ended.returncode:
        raise SupportqError(f'the editor "{command}" ended with {ended.returncode}, so nothing was done')


def _comment(line: str) -> str:
    return f"# {clean(line)}".rstrip()
