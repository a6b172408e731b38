"""Words as the search index sees them, so that a rule in memory and a search in the file find the same."""

import unicodedata
from functools import cache, cached_property

from supportq.errors import UsageError
from supportq.values import dataclass

_SPELT = {"ł": "l", "Ł": "l", "ё": "е", "Ё": "е", "ß": "ss", "Ǡ": "ǡ", "ǡ": "ǡ"}

# What SQLite's tables, those of Unicode 6.1, say otherwise than ours: these marks are dropped inside a word ...
_MARKS = "300-304 306-30C 30F 311 31B 323-328 32D-32E 330-331"

# ... and what was assigned later counts as a letter: isolating marks, money, arrows, emoji.
_NEWER = """
2066-2069 20BA-20CF 23F4-23FF 2700 2B4D-2B4F 2B5A-2BFF 2E3C-2E7F 1F0BF 1F0E0-1F0FF 1F10D-1F10F 1F12F 1F16C-1F16F
1F19B-1F1E5 1F23B-1F23F 1F252-1F2FF 1F321-1F32F 1F336 1F37D-1F37F 1F394-1F39F 1F3C5 1F3CB-1F3DF 1F3F1-1F3FF 1F43F
1F441 1F4F8 1F4FD-1F4FF 1F53E-1F53F 1F544-1F54F 1F568-1F5FA 1F641-1F644 1F650-1F67F 1F6C6-1F6FF 1F774-1FFFF
"""


@cache
def _points(ranges: str) -> frozenset[int]:
    bounds = ((first, last or first) for first, _, last in (span.partition("-") for span in ranges.split()))
    return frozenset(point for first, last in bounds for point in range(int(first, 16), int(last, 16) + 1))


class _Folding(dict[int, str]):
    """What becomes of each character, worked out when it is first met."""

    def __missing__(self, point: int) -> str:
        folded = self[point] = _folded(chr(point))
        return folded


def _folded(character: str) -> str:
    if character.isascii():
        return character.lower() if character.isalnum() else " "
    if character in _SPELT:
        return _SPELT[character]
    if ord(character) in _points(_MARKS):
        return ""
    return _base(character) if _is_part_of_a_word(character) else " "


def _is_part_of_a_word(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LN" or category in {"Co", "Cn"} or ord(character) in _points(_NEWER)


def _base(character: str) -> str:
    lower = next((folded for folded in (character.casefold(), character.lower()) if len(folded) == 1), character)
    letter = unicodedata.normalize("NFD", lower)[0]
    return letter.lower() if letter.isascii() else lower


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Return the words of a text, each with a blank before and after: " zamowienie nr 12 ".

    Words are those of SQLite's `unicode61 remove_diacritics 2`, after ł and ё lost their marks and ß became ss: runs of
    letters and digits in lower case, Latin ones without their accents.
    """
    return f" {' '.join(tokens(text))} "


def tokens(text: str) -> list[str]:
    """Return the folded words of a text, in order."""
    return text.translate(_FOLDING).split()


@dataclass(frozen=True)
class Phrase:
    """Consecutive words to search for, folded; with `prefix` the last one may go on."""

    words: tuple[str, ...]
    prefix: bool = False

    @cached_property
    def needle(self) -> str:
        """Return what a folded text contains exactly where it contains the phrase."""
        return f" {' '.join(self.words)}{'' if self.prefix else ' '}"


def parse_phrase(text: str) -> Phrase:
    """Read words to search for; a star at the end stands for any ending of the last word."""
    words = tuple(tokens(text))
    if not words:
        raise UsageError(f'no word to search for in "{text}"', "letters and digits can be searched for, and word* too")
    return Phrase(words, prefix=text.rstrip().endswith("*"))
