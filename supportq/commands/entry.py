"""An entry of the table of commands: what is known of a command before its module is imported."""

from collections.abc import Iterable
from typing import NamedTuple

_TAKEN_WORDS = frozenset({"import", "list", "set", "help"})


class Entry(NamedTuple):
    """A command: the word that is typed, its place in the help, the kind of its shared options, and what it does.

    `inner` holds the words of a group such as `config show`.
    """

    name: str
    group: str
    kind: str
    help: str
    aliases: tuple[str, ...] = ()
    inner: tuple["Entry", ...] = ()

    @property
    def function(self) -> str:
        """Return the name of the function that carries it out, in a module of the same name."""
        return f"{self.name}_" if self.name in _TAKEN_WORDS else self.name


def find_entry(entries: Iterable[Entry], name: str) -> Entry | None:
    """Return the entry of this name or alias."""
    return next((entry for entry in entries if name == entry.name or name in entry.aliases), None)
