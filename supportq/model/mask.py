"""Texts that nobody can read any more, as long as they were: each letter an x, each digit a 0."""


def masked(text: str) -> str:
    """Return a text of the same shape: its lines, blanks and punctuation stay, its letters and digits don't."""
    return text.translate(_SHAPES)


class _Shapes(dict[int, str]):
    """What stands for each character, worked out when it first comes along."""

    def __missing__(self, code: int) -> str:
        self[code] = shape = _shape(chr(code))
        return shape


def _shape(letter: str) -> str:
    if letter.isspace() or (letter.isascii() and not letter.isalnum()):
        return letter
    if letter.isnumeric():
        return "0"
    return "X" if letter.isupper() else "x"


_SHAPES = _Shapes()
