"""How a row is known again: by its key, or by its content and which of its equals it is."""

from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b

_SEPARATOR = "\x1f"
_BITS = 1 << 25


def content(cells: Sequence[str]) -> str:
    """Return all that a row says as one text; empty cells at the end do not count, so that a file may gain a column."""
    return _SEPARATOR.join(cells).rstrip(_SEPARATOR)


def digest(text: str) -> str:
    """Return a short name of a row's content, equal for equal content only; raise ValueError for what is no text."""
    try:
        return blake2b(text.encode(), digest_size=16).hexdigest()
    except UnicodeEncodeError:
        raise ValueError("half of a character stands in it, which no text holds") from None


class Repeats:
    """Finds what occurs more than once in a long row of texts, in a few megabytes however long it is.

    A text whose bit was set before is a suspect: it, or another text that shares the bit, was seen already.
    """

    def __init__(self) -> None:
        self._bits = bytearray(_BITS >> 3)
        self._suspects: set[int] = set()

    def see(self, text: str) -> None:
        """Take note of one more text."""
        hashed = hash(text)
        place, bit = (hashed & (_BITS - 1)) >> 3, 1 << (hashed & 7)
        if self._bits[place] & bit:
            self._suspects.add(hashed)
        self._bits[place] |= bit

    @property
    def suspects(self) -> frozenset[int]:
        """Return the hashes of all texts that may have occurred more than once; no other did."""
        return frozenset(self._suspects)


class Identities:
    """Gives every row its key, in the order of the file."""

    def __init__(self, suspects: frozenset[int]) -> None:
        self._suspects = suspects
        self._occurrences: Counter[str] = Counter()
        self._first_uses: dict[str, tuple[int, str]] = {}

    def unnamed(self, text: str, digested: str) -> str:
        """Return the key of a row that brings none: its digest and the number of its occurrence."""
        if hash(text) not in self._suspects:
            return f"row-{digested}-1"
        self._occurrences[digested] += 1
        return f"row-{digested}-{self._occurrences[digested]}"

    def check(self, key: str, line: int, digested: str) -> None:
        """Raise ValueError if the key was used for another content further up in the file."""
        if hash(key) not in self._suspects:
            return
        first_line, first_digest = self._first_uses.setdefault(key, (line, digested))
        if first_digest != digested:
            raise ValueError(f'"{key}" was already used in line {first_line}, for something else')
