"""Closed sets as conditions."""

from collections.abc import Iterable


def one_of(column: str, words: Iterable[str]) -> str:
    """Return the condition that a column holds one of these words; SQLite would build an IN list anew for each row."""
    return " or ".join(f"{column} = '{word}'" for word in words)
