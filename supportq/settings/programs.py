"""Programs that the settings name and this machine knows: started as they are, by no shell, and never for ever."""

import shlex
from enum import StrEnum

from supportq.errors import SupportqError
from supportq.settings.preferences import Preferences, Program
from supportq.values import dataclass

TRY_LATER = 75
_LONGEST = 200


class Ending(StrEnum):
    """How a program ended: well, to be tried later, badly, or nobody knows."""

    DONE = "done"
    LATER = "later"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of a program: what it wrote, and in one line why it did not do what it should."""

    ending: Ending
    output: bytes = b""
    why: str = ""


def program_named(preferences: Preferences, name: str) -> Program:
    """Return a program that this machine knows and can start; raise SupportqError."""
    from shutil import which

    program = preferences.programs.get(name)
    how = f'say how it is started: supportq preferences set programs.{name}.command "/usr/local/bin/{name}"'
    if program is None:
        raise SupportqError(f'this machine does not know the program "{name}"', how)
    words = _words(program)
    if not words or which(words[0]) is None:
        raise SupportqError(f'the program "{name}" can\'t be started: {program.command}', how)
    return program


def run(program: Program, given: bytes = b"") -> Ended:
    """Run a program with something on its standard input, and wait for its end, but not for ever."""
    import subprocess

    try:
        with subprocess.Popen(  # noqa: S603 - a program of the person's own choice
            _words(program),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        ) as process:
            try:
                output, complaints = process.communicate(given, timeout=program.timeout_s)
            except subprocess.TimeoutExpired:
                return Ended(Ending.UNKNOWN, why=f"it did not end within {program.timeout}, and was stopped")
            finally:
                _end(process.pid)
    except OSError as error:
        return Ended(Ending.LATER, why=f"it can't be started: {error.strerror}")
    return _ended(process.returncode, output, complaints)


def _words(program: Program) -> list[str]:
    try:
        return shlex.split(program.command)
    except ValueError:
        return []


def _end(process: int) -> None:
    """End a program, and whatever it has left behind of its own."""
    import os
    import signal
    from contextlib import suppress

    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process, signal.SIGKILL)


def _ended(code: int, output: bytes, complaints: bytes) -> Ended:
    if code == 0:
        return Ended(Ending.DONE, output)
    said = _one_line(complaints) or _one_line(output)
    if code < 0:
        return Ended(Ending.UNKNOWN, output, f"it was killed by signal {-code}{said and f': {said}'}")
    return Ended(Ending.LATER if code == TRY_LATER else Ending.FAILED, output, said or f"it ended with {code}")


def _one_line(words: bytes) -> str:
    """Return what a program said as one short line that does nothing to a terminal."""
    text = words[: 4 * _LONGEST].decode("utf-8", "replace")
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:_LONGEST]
