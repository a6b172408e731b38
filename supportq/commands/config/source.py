"""The text that a command is given: a file, or standard input."""

from pathlib import Path
from typing import TYPE_CHECKING

from supportq.desk import Desk
from supportq.output.streams import is_terminal
from supportq.work.body import read_words

if TYPE_CHECKING:
    from supportq.settings.check import Checked


def read_source(desk: Desk, name: str, what: str = "the settings") -> str:
    """Return the text of a file, or of standard input for `-`; raise a SupportqError for what can't be read."""
    if name != "-":
        return read_words(Path(name), "name another file, or - for standard input")
    if is_terminal(desk.streams.stdin):
        desk.streams.say(f"Write {what}, then a line with Ctrl-D alone.")
    return desk.streams.stdin.read()


def read_settings(desk: Desk, name: str) -> "Checked":
    """Return the settings that a file or standard input holds; raise SettingsFaults with the name of the file."""
    from supportq.settings.check import check

    text = read_source(desk, name)
    return check(text) if name == "-" else check(text, name)
