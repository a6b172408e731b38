"""The text that a command is given: a file, or standard input."""

from pathlib import Path

from supportq.commands.body import decoded
from supportq.desk import Desk
from supportq.errors import SupportqError


def read_source(desk: Desk, name: str) -> str:
    """Return the text of a file, or of standard input for `-`; raise SupportqError for what can't be read."""
    if name == "-":
        if desk.streams.stdin.isatty():
            desk.streams.say("Reading from the terminal; Ctrl-D ends it.")
        return desk.streams.stdin.read()
    try:
        return decoded(Path(name).read_bytes(), name)
    except OSError as error:
        raise SupportqError(
            f"{name} can't be read: {error.strerror}", "name a file, or - for standard input"
        ) from error
