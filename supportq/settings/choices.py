"""Which choice counts where several places make one, and which place that was."""

import os
from collections.abc import Mapping
from pathlib import Path

from supportq.settings.preferences import Preferences
from supportq.values import dataclass

PROJECT = ".supportq.toml"
"""A file that names the queue of the folder it lies in and of those below, and nothing else."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A choice, and where it was made."""

    value: str
    where: str


@dataclass(frozen=True, slots=True)
class Choices:
    """The places in which a choice can be made, but for flags: the environment, the folder, a person's preferences.

    A flag beats the environment, which beats a `.supportq.toml`, which beats the preferences. Editor and pager are
    chosen as git does: what all programs share (EDITOR, PAGER) counts less than what was preferred for this one.
    """

    environment: Mapping[str, str]
    folder: Path
    preferences: Preferences

    def queue(self, flag: str | None = None) -> Origin:
        """Choose the queue file."""
        return (
            _flag("--queue", flag)
            or self._variable("SUPPORTQ_QUEUE")
            or find_project(self.folder)
            or self._preferred("queue")
            or Origin("supportq.db", "default")
        )

    def agent(self, flag: str | None = None, login: str = "") -> Origin:
        """Choose whom a command acts for: at last the login, which may be no agent's."""
        return (
            _flag("--as", flag)
            or self._variable("SUPPORTQ_AGENT")
            or self._preferred("agent")
            or Origin(login, "login")
        )

    def editor(self) -> Origin:
        """Choose the program to write in."""
        return (
            self._variable("SUPPORTQ_EDITOR")
            or self._preferred("editor")
            or self._variable("VISUAL")
            or self._variable("EDITOR")
            or Origin("vi", "default")
        )

    def pager(self) -> Origin:
        """Choose the program to page through long output; a variable that is empty says that there is to be none."""
        return (
            self._variable("SUPPORTQ_PAGER", may_be_empty=True)
            or self._preferred("pager")
            or self._variable("PAGER", may_be_empty=True)
            or Origin("less -FIRX", "default")
        )

    def color(self, flag: str | None = None) -> Origin:
        """Choose when to use colour; with `auto`, the stream and its environment decide."""
        return _flag("--color", flag) or self._preferred("color") or Origin("auto", "default")

    def zone(self, flag: str | None = None) -> Origin:
        """Choose the time zone of screens; empty means the machine's."""
        return _flag("--tz", flag) or self._preferred("zone") or Origin("", "machine")

    def ca_file(self) -> Origin:
        """Choose the certificates that mail servers are trusted by; empty means those of the machine."""
        return self._preferred("ca_file") or Origin("", "machine")

    def all(self, login: str = "") -> dict[str, Origin]:
        """Return every choice that counts where no flag is given."""
        plain = {"queue": self.queue(), "agent": self.agent(login=login), "editor": self.editor()}
        return plain | {"pager": self.pager(), "color": self.color(), "zone": self.zone(), "ca_file": self.ca_file()}

    def _variable(self, name: str, *, may_be_empty: bool = False) -> Origin | None:
        value = self.environment.get(name)
        return Origin(value, name) if value or (may_be_empty and value is not None) else None

    def _preferred(self, name: str) -> Origin | None:
        value = getattr(self.preferences, name)
        return Origin(value, "preferences") if value else None


def find_project(folder: Path) -> Origin | None:
    """Find the queue that a `.supportq.toml` here or further up names; a relative name counts from that file."""
    for place in (folder, *folder.parents):
        file = place / PROJECT
        if file.is_file():
            queue = _named_queue(file)
            return Origin(str(place / queue), str(file)) if queue else None
    return None


def _named_queue(file: Path) -> str:
    from supportq.settings.faults import Fault, SettingsFaults
    from supportq.settings.lines import key_lines, line_of
    from supportq.settings.toml import parse_toml

    text = file.read_text(encoding="utf-8", errors="replace")
    said, lines = parse_toml(text, str(file)), key_lines(text)
    others = [
        Fault(line_of((key,), lines), key, "no such key", "only queue can stand here")
        for key in said.keys() - {"queue"}
    ]
    queue = said.get("queue", "")
    if not isinstance(queue, str):
        others.append(Fault(line_of(("queue",), lines), "queue", "must be text in quotes"))
    if others:
        raise SettingsFaults(others, str(file))
    return str(queue)


def login_name(environment: Mapping[str, str]) -> str:
    """Return the name by which the operating system knows the person, empty where it doesn't."""
    return environment.get("LOGNAME") or environment.get("USER") or _name_of_user()


def _name_of_user() -> str:
    from pwd import getpwuid

    try:
        return getpwuid(os.getuid()).pw_name
    except KeyError:
        return ""


def _flag(name: str, value: str | None) -> Origin | None:
    return Origin(value, name) if value else None
