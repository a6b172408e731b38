"""One record of another desk's file: cells by header, or an object with others inside, read without a surprise."""

from collections.abc import Mapping
from typing import Any

from supportq.values import dataclass


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
