"""Which way a word went at another desk: to us, to the customer or to colleagues, as far as its file tells."""

from enum import StrEnum
from typing import NamedTuple

from supportq.model.message import Direction


class Way(StrEnum):
    """Which way a word went; a program's answers nobody, and of some nobody knows who wrote or read them."""

    IN = "in"
    OUT = "out"
    NOTE = "note"
    AUTOMATIC = "automatic"
    UNKNOWN = "unknown"


class Told(NamedTuple):
    """The direction of a word, whether a program said it, and whether nobody knows if it was an answer."""

    direction: Direction
    is_automatic: bool = False
    is_unsure: bool = False


def told(way: Way, *, is_public: bool, is_by_agent: bool) -> Told:
    """Return how a word is kept: what was not public never went out, and what may have is no more than a note.

    Where only its author was in doubt, an agent whom this desk knows settles that.
    """
    if way is Way.IN:
        return Told(Direction.IN)
    if way is Way.NOTE or not is_public:
        return Told(Direction.NOTE, is_automatic=way is Way.AUTOMATIC)
    if way is Way.UNKNOWN and not is_by_agent:
        return Told(Direction.NOTE, is_unsure=True)
    return Told(Direction.OUT, is_automatic=way is Way.AUTOMATIC)
