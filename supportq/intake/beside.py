"""What an API puts beside its list of records: the users, groups and organisations that these name by number."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Known = Mapping[tuple[str, str], str]
"""The text of each object by the name of its list and its number."""

_NAMED = {
    "requester_id": ("requester", "users"),
    "assignee_id": ("assignee", "users"),
    "group_id": ("group", "groups"),
    "organization_id": ("organization", "organizations"),
}
LISTS = frozenset(name for _, name in _NAMED.values())
AUTHORS = "comment_authors"
"""Under which name a record gets the users who wrote its comments."""


def known_by(found: Iterable[tuple[str, str]]) -> Known:
    """Return the objects of such lists, each given as the name of its list and its text."""
    return {(name, str(_values(text).get("id"))): text for name, text in found}


def joined(record: str, known: Known) -> str:
    """Put the objects that a record names by number into it, so that it says by itself who and what they are."""
    pairs = [f'"{name}": {text}, ' for name, text in _iter_named(_values(record), known) if f'"{name}":' not in record]
    return f"{{{''.join(pairs)}{record.removeprefix('{')}" if pairs else record


def _iter_named(values: Mapping[str, Any], known: Known) -> Iterator[tuple[str, str]]:
    for key, (name, beside) in _NAMED.items():
        if text := known.get((beside, str(values.get(key)))):
            yield name, text
    comments = values.get("comments")
    told = comments if isinstance(comments, list) else []
    numbers = dict.fromkeys(str(comment.get("author_id")) for comment in told if isinstance(comment, dict))
    if authors := [text for number in numbers if (text := known.get(("users", number)))]:
        yield AUTHORS, f"[{', '.join(authors)}]"


def _values(text: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
