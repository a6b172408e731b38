"""A person's own preferences: what `preferences.toml` says, kept apart from the queue that others share."""

import os
from collections.abc import Mapping
from dataclasses import field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supportq.values import dataclass

if TYPE_CHECKING:
    from supportq.settings.faults import Fault

COLORS = ("always", "never", "auto")


@dataclass(frozen=True, slots=True)
class Secret:
    """Where this machine finds a password that the settings name: a variable, or what a command prints."""

    env: str = ""
    command: str = ""


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
    from supportq.settings.lines import key_lines, line_of
    from supportq.settings.toml import parse_toml

    try:
        said = parse_toml(text)
    except SettingsFaults as error:
        return Preferences(), error.faults
    lines = key_lines(text)
    faults = {key: _fault(key, value, line_of((key,), lines)) for key, value in said.items()}
    right = {key: value for key, value in said.items() if faults[key] is None}
    right["secrets"] = {name: Secret(**place) for name, place in right.get("secrets", {}).items()}
    return Preferences(**right), tuple(sorted(fault for fault in faults.values() if fault))


def _fault(key: str, value: Any, line: int) -> "Fault | None":
    from supportq.settings.faults import Fault, hint

    if key not in _KEYS:
        return Fault(line, key, "no such key", hint(key, _KEYS))
    if key == "aliases":
        named = isinstance(value, dict) and all(isinstance(words, str) for words in value.values())
        return None if named else Fault(line, key, "must be a table of commands", 'such as mine = "list agent:me"')
    if key == "secrets":
        named = isinstance(value, dict) and all(map(_is_secret, value.values()))
        return None if named else Fault(line, key, "must say where each password is", 'env = "NAME" or command = "..."')
    if not isinstance(value, str) or not value:
        return Fault(line, key, "must be text in quotes")
    if key == "color" and value not in COLORS:
        return Fault(line, key, f'no color "{value}"', hint(value, COLORS))
    return None


def _is_secret(said: Any) -> bool:
    """Tell whether a table says in one way where a password is."""
    return (
        isinstance(said, dict)
        and len(said) == 1
        and said.keys() <= {"env", "command"}
        and all(isinstance(word, str) and word.strip() for word in said.values())
    )
