"""One record of another desk's file: cells by header, or an object with others inside, read without a surprise."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from supportq.values import dataclass


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        raise ValueError("a key stands there twice")
    return values


DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_int=str, parse_float=str, parse_constant=str)
"""Reads JSON as it is written: numbers stay text."""


def flattened(key: str, value: Any) -> Iterator[tuple[str, str]]:
    """Yield the cells of one key; objects inside become columns of their own, lists of words one cell."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict) and value:
        for inner_key, inner in value.items():
            yield from flattened(f"{key}.{inner_key}", inner)
    else:
        yield key, _written(value)


def _written(value: Any) -> str:
    if value is None or value == {}:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ";".join(value)
    return json.dumps(value, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it stands in the file: numbers as they were written, and a list where a header repeats."""

    values: Mapping[str, Any]

    def text(self, *paths: str) -> str:
        """Return the first of these that says anything; `requester.email` is a value inside of an object."""
        return next(filter(None, map(self._text, paths)), "")

    def texts(self, path: str) -> list[str]:
        """Return all texts of a list, or of a header that repeats."""
        found = self._find(path)
        return [item for item in (found if isinstance(found, list) else [found]) if isinstance(item, str) and item]

    def records(self, path: str) -> list["Record"]:
        """Return the objects of a list; an empty list where there is none."""
        found = self._find(path)
        return [Record(item) for item in found if isinstance(item, dict)] if isinstance(found, list) else []

    def cells(self, *left_out: str) -> dict[str, str]:
        """Return all values by their paths, a line for each of those that repeat, but for the paths left out."""
        pairs = (pair for key, value in self.values.items() if key not in left_out for pair in flattened(key, value))
        return dict(pairs)

    def _text(self, path: str) -> str:
        found = self._find(path)
        if isinstance(found, bool):
            return "yes" if found else "no"
        return found if isinstance(found, str) else ""

    def _find(self, path: str) -> Any:
        if path in self.values:
            return self.values[path]
        found: Any = self.values
        for key in path.split("."):
            found = found.get(key) if isinstance(found, dict) else None
        return found
