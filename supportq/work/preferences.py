"""Change a person's preferences: checked as a whole, then put into place at once."""

from pathlib import Path

from supportq.drafts import draft_of
from supportq.errors import SupportqError
from supportq.settings.faults import SettingsFaults
from supportq.settings.preferences import parse_preferences

EMPTY = """\
# Your own choices; the queue's settings are changed with `supportq config edit`.
# agent = "ann"            # who you are at the desk
# queue = "/srv/team.db"   # the queue that is meant where none is named
# editor = "nano"
# pager = "less -FIRX"
# color = "auto"           # always, never or auto
# zone = "Europe/Berlin"   # of the times that you type and see

# [aliases]
# mine = "list agent:me"   # as: supportq mine

# [secrets]                # the passwords that the queue's mail accounts name
# desk-mail = { command = "pass show desk" }

# [programs]               # what the queue's channels name; each is started as it is, by no shell
# twilio = { command = "/usr/local/bin/twilio-sms", timeout = "1m" }
"""
"""What a person who prefers nothing yet begins with."""


class NoHome(SupportqError):
    """Somebody without a folder of their own."""

    def __init__(self) -> None:
        super().__init__("there is no folder for your preferences", "say where: HOME, XDG_CONFIG_HOME")


def check_preferences(text: str) -> None:
    """Raise SettingsFaults with everything that is wrong in a preferences text."""
    _, faults = parse_preferences(text)
    if faults:
        raise SettingsFaults(faults, "preferences")


def text_of_preferences(file: Path | None) -> str:
    """Return a person's preferences as they wrote them; raise NoHome."""
    if file is None:
        raise NoHome
    return file.read_text(encoding="utf-8", errors="replace") if file.is_file() else EMPTY


def with_choice(text: str, key: str, value: str) -> str:
    """Return a preferences text with one more choice; a password is where it was said last, and nowhere else."""
    from supportq.settings.edit import with_item, without_item
    from supportq.settings.lines import split_key

    chosen = with_item(text, key, value)
    match split_key(key):
        case ("secrets", _, "env" | "command" as way):
            other = "command" if way == "env" else "env"
            return without_item(chosen, key[: -len(way)] + other)
    return chosen


def save_preferences(file: Path | None, text: str) -> None:
    """Put a preferences text into place; raise SettingsFaults for one that is not right."""
    if file is None:
        raise NoHome
    check_preferences(text)
    partial = draft_of(file)
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial.write_text(text, encoding="utf-8")
        partial.replace(file.resolve())
    except OSError as error:
        raise SupportqError(
            f"{file} can't be written: {error.strerror}", f"see who may: ls -ld {file.parent}"
        ) from error
    finally:
        partial.unlink(missing_ok=True)
