"""The three streams of a run, each judged alone: is it a terminal, how wide, may it have colour."""

import errno
import io
import os
import sys
import time
from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import BinaryIO, TextIO, cast

from supportq.output.clean import clean
from supportq.values import dataclass


class Colour(StrEnum):
    """When to use colour, as in `--color WHEN`."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class _Closed(io.TextIOBase):
    """Stands for a stream that was closed before we started (`>&-`)."""

    def write(self, _text: str) -> int:
        raise OSError(errno.EBADF, "it is closed")

    def read(self, _size: int | None = -1) -> str:
        return ""

    def readline(self, _size: int = -1) -> str:  # type: ignore[override]
        return ""


@dataclass(frozen=True, slots=True)
class Streams:
    """Where a run reads and writes, with the environment that says how."""

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    environment: Mapping[str, str] = field(default_factory=dict)
    colour: Colour = Colour.AUTO

    @classmethod
    def of_process(cls, colour: Colour = Colour.AUTO) -> "Streams":
        """Return this process's own streams, which write what they can't encode as escapes."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        stdin, stdout, stderr = (cast("TextIO", each or _Closed()) for each in (sys.stdin, sys.stdout, sys.stderr))
        return cls(stdin, stdout, stderr, os.environ, colour)

    @property
    def encoding(self) -> str:
        """Return the encoding of stdout."""
        return self.stdout.encoding or "utf-8"

    @property
    def bytes_in(self) -> BinaryIO:
        """Return stdin as the bytes that came, before anybody decoded them."""
        return getattr(self.stdin, "buffer", None) or io.BytesIO(self.stdin.read().encode())

    @property
    def is_typed(self) -> bool:
        """Tell whether stdin is what somebody types."""
        return is_terminal(self.stdin)

    @property
    def can_ask(self) -> bool:
        """Tell whether somebody is there to answer a prompt."""
        return is_terminal(self.stdin) and is_terminal(self.stderr)

    @property
    def is_one_screen(self) -> bool:
        """Tell whether data and notes stand below each other before the same eyes."""
        return is_terminal(self.stdout) and is_terminal(self.stderr)

    @property
    def is_dumb(self) -> bool:
        """Tell whether the terminal can't move its cursor, or can't be known to."""
        return self.environment.get("TERM", "dumb") in ("", "dumb")

    def pass_bytes(self) -> None:
        """Let stdout write what stands for bytes in a text (surrogates) as these bytes."""
        if isinstance(self.stdout, io.TextIOWrapper):
            self.stdout.reconfigure(encoding="utf-8", errors="surrogateescape")

    def wait(self, seconds: float) -> None:
        """Send off what was written, then wait; raise BrokenPipeError once nobody reads stdout any more."""
        import select

        self.stdout.flush()
        try:
            descriptor = self.stdout.fileno()
        except OSError:
            time.sleep(seconds)
            return
        ears = select.poll()
        ears.register(descriptor, 0)
        if ears.poll(seconds * 1000):
            raise BrokenPipeError(errno.EPIPE, "nobody reads it any more")

    def has_colour(self, stream: TextIO) -> bool:
        """Tell whether a stream gets colour: the flag first, then NO_COLOR, FORCE_COLOR, and what the stream is."""
        if self.colour is not Colour.AUTO:
            return self.colour is Colour.ALWAYS
        if self.environment.get("NO_COLOR"):
            return False
        if self.environment.get("FORCE_COLOR", "0") not in ("", "0"):
            return True
        return is_terminal(stream) and not self.is_dumb

    def width(self) -> int | None:
        """Return the columns of the terminal that stdout is, or None for anything else: that is never cut."""
        return self._measured(self.stdout, "COLUMNS", 0, 80) if is_terminal(self.stdout) else None

    def height(self) -> int | None:
        """Return the lines of the terminal that stdout is, or None for anything else."""
        return self._measured(self.stdout, "LINES", 1, 24) if is_terminal(self.stdout) else None

    def say(self, *notes: str) -> None:
        """Write notes to people on stderr, between words where a terminal ends; go on if nobody can read them."""
        try:
            self.stderr.writelines(f"{self._laid_out(clean(note, multiline=True))}\n" for note in notes)
            self.stderr.flush()
        except OSError:
            silence(self.stderr)

    def _laid_out(self, text: str) -> str:
        if not is_terminal(self.stderr):
            return text
        width = self._measured(self.stderr, "COLUMNS", 0, 80)
        return "\n".join(_wrapped(line, width) for line in text.split("\n"))

    def _measured(self, stream: TextIO, variable: str, axis: int, fallback: int) -> int:
        told = self.environment.get(variable, "")
        if told.isascii() and told.isdigit() and int(told):
            return int(told)
        try:
            return os.get_terminal_size(stream.fileno())[axis] or fallback
        except OSError:
            return fallback


def _wrapped(line: str, width: int) -> str:
    """Return a line broken between words, what goes over as far in as the line begins."""
    if len(line) <= width:
        return line
    from textwrap import fill

    indent = " " * (len(line) - len(line.lstrip(" ")))
    return fill(line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def is_terminal(stream: TextIO) -> bool:
    """Tell whether a person sits behind a stream; a closed one is nobody."""
    return not stream.closed and stream.isatty()


def silence(stream: TextIO) -> None:
    """Point a broken stream at nothing, so that what is still buffered can't fail once more at exit."""
    try:
        descriptor = stream.fileno()
    except (OSError, ValueError):
        return
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, descriptor)
    os.close(nothing)
