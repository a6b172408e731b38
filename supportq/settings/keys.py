"""The values of a settings text by their dotted keys, as `config set` writes them."""

from collections.abc import Iterator, Mapping
from typing import Any

import tomlkit

from supportq.errors import UnknownWord
from supportq.settings.edit import written_key
from supportq.settings.lines import split_key
from supportq.settings.toml import parse_toml


def changed_keys(old: str, new: str) -> tuple[str, ...]:
    """Return the keys whose values differ between two texts, in the order of the newer one."""
    before, after = dict(_iter_values(parse_toml(old))), dict(_iter_values(parse_toml(new)))
    return tuple(key for key in {**after, **before} if before.get(key) != after.get(key))


def value_of(text: str, dotted_key: str) -> str:
    """Return what a text says of a key or a section; raise UnknownWord for one that isn't written there."""
    document = parse_toml(text)
    found: Any = document
    for part in split_key(dotted_key):
        found = _named(found).get(part)
    if found is None or not dotted_key:
        raise UnknownWord("setting written here", dotted_key, [key for key, _ in _iter_values(document)])
    if isinstance(found, Mapping):
        return tomlkit.dumps(found)
    return f"{found if isinstance(found, str) else tomlkit.item(found).as_string()}\n"


def _named(value: Any) -> Mapping[str, Any]:
    """Return what is inside of a value by name: the entries of a list have theirs in them."""
    if isinstance(value, list):
        return {str(entry.get("name")): entry for entry in value if isinstance(entry, Mapping)}
    return value if isinstance(value, Mapping) else {}


def _iter_values(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        path = f"{above}{written_key(key)}"
        inside = _named(value)
        if inside:
            yield from _iter_values(inside, f"{path}.")
        else:
            yield path, value
