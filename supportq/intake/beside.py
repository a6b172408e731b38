"""What an API puts beside its list of records: the users, groups and organisations that these name by number."""

import json
from collections.abc import Iterable, Mapping

Known = Mapping[tuple[str, str], str]
"""The text of each object by the name of its list and its number."""

_NAMED = {
    "requester_id": ("requester", "users"),
    "assignee_id": ("assignee", "users"),
    "group_id": ("group", "groups"),
    "organization_id": ("organization", "organizations"),
}
LISTS = frozenset(name for _, name in _NAMED.values())


def known_by(found: Iterable[tuple[str, str]]) -> Known:
    """Return the objects of such lists, each given as the name of its list and its text."""
    return {(name, str(_values(text).get("id"))): text for name, text in found}


def joined(record: str, known: Known) -> str:
    """Put the objects that a record names by number into it, so that it says by itself who and what they are."""
    numbers = {key: str(value) for key, value in _values(record).items() if key in _NAMED}
    found = {_NAMED[key][0]: known.get((_NAMED[key][1], number)) for key, number in numbers.items()}
    pairs = [f'"{name}": {text}, ' for name, text in found.items() if text and f'"{name}":' not in record]
    return f"{{{''.join(pairs)}{record.removeprefix('{')}" if pairs else record


def _values(text: str) -> Mapping[str, object]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
