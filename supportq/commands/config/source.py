"""The text that a command is given: a file, or standard input."""

from pathlib import Path

from supportq.desk import Desk
from supportq.output.streams import is_terminal
from supportq.work.body import read_words


def read_source(desk: Desk, name: str) -> str:
    """Return the text of a file, or of standard input for `-`; raise a SupportqError for what can't be read."""
    if name != "-":
        return read_words(Path(name), "name another file, or - for standard input")
    if is_terminal(desk.streams.stdin):
        desk.streams.say("Write the settings, then a line with Ctrl-D alone.")
    return desk.streams.stdin.read()
