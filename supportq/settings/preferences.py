"""A person's own preferences: what `preferences.toml` says, kept apart from the queue that others share."""

import os
import re
from collections.abc import Mapping
from dataclasses import field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supportq.values import dataclass

if TYPE_CHECKING:
    from supportq.settings.faults import Fault
    from supportq.settings.faults import Path as KeyPath

COLORS = ("always", "never", "auto")


@dataclass(frozen=True, slots=True)
class Secret:
    """Where this machine finds a password that the settings name: a variable, or what a command prints."""

    env: str = ""
    command: str = ""


@dataclass(frozen=True, slots=True)
class Program:
    """How this machine starts a program that the settings name, and for how long it may run: 30s, 5m."""

    command: str
    timeout: str = "1m"

    @property
    def timeout_s(self) -> int:
        """Return the seconds after which it is stopped."""
        return int(self.timeout[:-1]) * _SECONDS[self.timeout[-1]]


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a person prefers; None where nothing was said.

    `ca_file` holds certificates that mail servers are trusted by, besides those that the machine trusts anyway.
    """

    agent: str | None = None
    editor: str | None = None
    color: str | None = None
    queue: str | None = None
    pager: str | None = None
    zone: str | None = None
    ca_file: str | None = None
    aliases: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, Secret] = field(default_factory=dict)
    programs: Mapping[str, Program] = field(default_factory=dict)


_KEYS = tuple(choice.name for choice in fields(Preferences))


def preferences_file(environment: Mapping[str, str]) -> Path | None:
    """Return where a person's preferences are kept, or None for somebody without a home."""
    home = environment.get("HOME") or os.path.expanduser("~")  # noqa: PTH111 - Path.home raises where there is none
    folders = (environment.get("XDG_CONFIG_HOME", ""), f"{home}/.config")
    absolute = [folder for folder in folders if folder.startswith("/")]
    return Path(absolute[0], "supportq", "preferences.toml") if absolute else None


def load_preferences(file: Path | None) -> tuple[Preferences, tuple["Fault", ...]]:
    """Read a person's preferences; without a file, nothing is preferred."""
    if file is None or not file.is_file():
        return Preferences(), ()
    return parse_preferences(file.read_text(encoding="utf-8", errors="replace"))


def parse_preferences(text: str) -> tuple[Preferences, tuple["Fault", ...]]:
    """Return what is right in a preferences text, so that a command can go on, and what is wrong."""
    from supportq.settings.faults import SettingsFaults
    from supportq.settings.lines import key_lines
    from supportq.settings.toml import parse_toml

    try:
        said = parse_toml(text)
    except SettingsFaults as error:
        return Preferences(), error.faults
    lines = key_lines(text)
    faults = {key: _fault(key, value, lines) for key, value in said.items()}
    right = {key: value for key, value in said.items() if faults[key] is None}
    right["secrets"] = {name: Secret(**place) for name, place in right.get("secrets", {}).items()}
    right["programs"] = {name: Program(**said) for name, said in right.get("programs", {}).items()}
    return Preferences(**right), tuple(sorted(fault for fault in faults.values() if fault))


def _fault(key: str, value: Any, lines: "Mapping[KeyPath, int]") -> "Fault | None":
    from supportq.settings.faults import Fault, hint
    from supportq.settings.lines import line_of

    line = line_of((key,), lines)
    if key not in _KEYS:
        return Fault(line, key, "no such key", hint(key, _KEYS))
    if key in _TABLES:
        is_right, problem, cure = _TABLES[key]
        if not isinstance(value, dict):
            return Fault(line, key, problem, cure)
        wrong = next((name for name, said in value.items() if not is_right(said)), None)
        return None if wrong is None else Fault(line_of((key, wrong), lines), f"{key}.{wrong}", problem, cure)
    if not isinstance(value, str) or not value:
        return Fault(line, key, "must be text in quotes")
    if key == "color" and value not in COLORS:
        return Fault(line, key, f'no color "{value}"', hint(value, COLORS))
    return None


def _is_program(said: Any) -> bool:
    """Tell whether a table says how a program is started."""
    return (
        isinstance(said, dict)
        and {"command"} <= said.keys() <= {"command", "timeout"}
        and all(isinstance(word, str) and word.strip() for word in said.values())
        and re.fullmatch(r"[1-9]\d{0,4}[smh]", said.get("timeout", "1m")) is not None
    )


def _is_secret(said: Any) -> bool:
    """Tell whether a table says in one way where a password is."""
    return (
        isinstance(said, dict)
        and len(said) == 1
        and said.keys() <= {"env", "command"}
        and all(isinstance(word, str) and word.strip() for word in said.values())
    )


def _is_command(said: Any) -> bool:
    return isinstance(said, str)


_SECONDS = {"s": 1, "m": 60, "h": 3600}
_TABLES = {
    "aliases": (_is_command, "must be a table of commands", 'such as mine = "list agent:me"'),
    "secrets": (_is_secret, "must say where each password is", 'env = "NAME" or command = "..."'),
    "programs": (_is_program, "must say how each program is started", 'command = "...", timeout = "1m"'),
}
"""The keys that are tables: what each of their values must be, and what to say where one is not."""
