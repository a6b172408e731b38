"""What an action of a rule is, and what the actions share."""

from collections.abc import Collection
from typing import Any, Protocol

from supportq.errors import SupportqError, UnknownWord, UsageError
from supportq.model.filter import Lexicon
from supportq.model.ticket import Ticket
from supportq.rules.rule import Value

Changes = dict[str, Any]
"""Fields of a ticket and their new values, as the data of a `changed` event; `tags_added` lists tags."""


class Action(Protocol):
    """One file of `rules/actions`, called like the key in the settings: what value it takes, and what it changes."""

    def check(self, value: Value, words: Lexicon, /) -> SupportqError | None:
        """Say what is wrong with a value in the settings."""

    def apply(self, value: Value, ticket: Ticket, /) -> Changes:
        """Return what the action changes about a ticket: nothing where somebody has already decided."""


def unknown(what: str, value: Value, known: Collection[str] | None) -> SupportqError | None:
    """Say that a value is no text, or not among the known words."""
    if not isinstance(value, str):
        return UsageError(f"a {what} must be text in quotes")
    return UnknownWord(what, value, known) if known is not None and value not in known else None
