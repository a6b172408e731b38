"""The text that a command is given: a file, or standard input."""

from pathlib import Path

from supportq.desk import Desk
from supportq.errors import SupportqError


def read_source(desk: Desk, name: str) -> str:
    """Return the text of a file, or of standard input for `-`; raise SupportqError for what can't be read."""
    if name == "-":
        if desk.streams.stdin.isatty():
            desk.streams.say("Reading from the terminal; Ctrl-D ends it.")
        return desk.streams.stdin.read()
    try:
        return Path(name).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SupportqError(f"{name} is not UTF-8: byte {error.start}", "save it as UTF-8, and try again") from error
    except OSError as error:
        raise SupportqError(
            f"{name} can't be read: {error.strerror}", "name a file, or - for standard input"
        ) from error
