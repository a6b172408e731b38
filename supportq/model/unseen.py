"""Characters that nobody sees and that a terminal obeys: no name of anything holds them."""

import re

_UNSEEN = "[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"


def refuse_unseen(text: str, what: str) -> None:
    """Raise ValueError if a text that is to be such a thing holds one of them."""
    unseen = None if text.isprintable() else re.search(_UNSEEN, text)
    if unseen:
        raise ValueError(f"{what} can't hold the character U+{ord(unseen[0]):04X}")
