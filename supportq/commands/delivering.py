"""Failures as a mail server hears of them: whatever went wrong, it is to try again, since it bounces mail otherwise."""

from collections.abc import Sequence
from itertools import pairwise

from supportq.errors import ExitCode


def is_delivery(arguments: Sequence[str]) -> bool:
    """Tell whether a mail server runs this, as far as one can tell from words that may make no sense."""
    if "deliver" not in arguments:
        return False
    before = ["", *arguments[: arguments.index("deliver")]]
    return all(word.startswith("-") or previous.startswith("-") for previous, word in pairwise(before))


def told_to_server(code: int) -> int:
    """Return the exit code that keeps a mail from being lost: stored, or once more."""
    return code if code == ExitCode.DONE else ExitCode.TRY_AGAIN
