"""What is wrong in a settings text, where, and what would be right."""

from collections.abc import Iterable

from supportq.errors import SupportqError
from supportq.values import dataclass

MANY = 16
"""More words than this are not listed where one of them was probably meant."""

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, the line that says it, and what would be right."""

    line: int
    path: str
    problem: str
    cure: str = ""

    def __lt__(self, other: "Fault") -> bool:
        return (self.line, self.path, self.problem) < (other.line, other.path, other.problem)

    def __str__(self) -> str:
        place = f"line {self.line}: {self.path}" if self.path else f"line {self.line}"
        return f"{place}: {self.problem}" + (f" ({self.cure})" if self.cure else "")


class SettingsFaults(SupportqError):
    """A settings text that can't count, with everything that is wrong in it, in the order of its lines."""

    def __init__(self, faults: Iterable[Fault], what: str = "settings") -> None:
        self.faults = tuple(sorted(faults))
        count = len(self.faults)
        super().__init__(
            f"{what}: {count} {'fault' if count == 1 else 'faults'}",
            *(f"{what}: {fault}" for fault in self.faults),
        )


def written(path: Path) -> str:
    """Write a path as a person would: `rules[2].team`, counted from 1."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


def hint(word: str, known: Iterable[str]) -> str:
    """Say which of the known words was probably meant, and which there are."""
    from difflib import get_close_matches

    words = list(known)
    nearest = get_close_matches(word, words, n=1)
    meant = [f"did you mean {nearest[0]}?"] if nearest else []
    listed = [f"one of: {' '.join(words)}"] if not meant or len(words) <= MANY else []
    return " ".join(meant + listed) if words else "there are none yet"
