"""Names of files: what a stranger called something, as a name that every system takes and that is no path."""

import re
from collections.abc import Collection
from posixpath import splitext

_STEM_BYTES, _ENDING_BYTES = 100, 20
"""Less than any file system allows, with room for a number."""

_FOLDERS = re.compile(r"[/\\]")
_REFUSED = re.compile(r'[<>:"|?*]')
_BESIDE_DATABASES = re.compile(r"-(?:wal|shm|journal)$", re.IGNORECASE)
"""What SQLite would read as the unfinished work on a database beside it."""

_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def safe_name(name: str, taken: Collection[str] = ()) -> str:
    """Return the last part of a name, harmless in any folder, and unlike those that are taken, whatever their case."""
    stem, ending = splitext(_harmless(_FOLDERS.split(name)[-1]) or "attachment")
    stem, ending = _cut(stem, _STEM_BYTES), _cut(ending, _ENDING_BYTES)
    folded = {other.casefold() for other in taken}
    number, found = 1, f"{stem}{ending}"
    while found.casefold() in folded:
        number += 1
        found = f"{stem}-{number}{ending}"
    return found


def _harmless(name: str) -> str:
    """Return a name without controls, hidden letters, what Windows refuses, and dots and blanks at its ends."""
    seen = "".join(letter if letter.isprintable() else " " for letter in _REFUSED.sub("_", name))
    plain = " ".join(seen.split()).strip(" .")
    plain = f"{plain}_" if _BESIDE_DATABASES.search(plain) else plain
    return f"_{plain}" if _DEVICES.fullmatch(plain) else plain


def _cut(text: str, most: int) -> str:
    """Return as much of a text as fits into so many bytes, and ends in no dot or blank."""
    return text.encode()[:most].decode(errors="ignore").rstrip(" .")
