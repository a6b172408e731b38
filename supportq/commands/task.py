"""What somebody is about to write."""

from collections.abc import Sequence

from supportq.values import dataclass


@dataclass(frozen=True, slots=True)
class Task:
    """By which verb it is written, for which tickets, and where there is none yet (0), about what."""

    verb: str
    tickets: Sequence[int]
    about: str = ""
