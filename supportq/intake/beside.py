"""What an API puts beside its list of records: the users, groups and organisations that these name by number."""

import json
from collections.abc import Iterator, Mapping

from supportq.intake.scanning import after_blank, end_of, items, members

Known = Mapping[tuple[str, str], str]
"""The text of each object by the name of its list and its number."""

_NAMED = {
    "requester_id": ("requester", "users"),
    "assignee_id": ("assignee", "users"),
    "group_id": ("group", "groups"),
    "organization_id": ("organization", "organizations"),
}
_LISTS = {name for _, name in _NAMED.values()}


def beside(text: str) -> Known:
    """Return what stands beside the records of one document after another."""
    if not any(f'"{name}"' in text for name in _LISTS):
        return {}
    return dict(_iter_beside(text))


def joined(record: str, known: Known) -> str:
    """Put the objects that a record names by number into it, so that it says by itself who and what they are."""
    numbers = {key: str(value) for key, value in _values(record).items() if key in _NAMED}
    found = {_NAMED[key][0]: known.get((_NAMED[key][1], number)) for key, number in numbers.items()}
    pairs = [f'"{name}": {text}, ' for name, text in found.items() if text and f'"{name}":' not in record]
    return f"{{{''.join(pairs)}{record.removeprefix('{')}" if pairs else record


def _iter_beside(text: str) -> Iterator[tuple[tuple[str, str], str]]:
    place = after_blank(text, 0)
    while place < len(text):
        for name, start in members(text, place) if text[place] == "{" else ():
            if name in _LISTS and text[start : start + 1] == "[":
                for begin, end in items(text, start):
                    yield (name, str(_values(text[begin:end]).get("id"))), text[begin:end]
        place = after_blank(text, end_of(text, place))


def _values(text: str) -> Mapping[str, object]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
