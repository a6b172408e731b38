"""The SupportqError family: what can go wrong, what to do about it, and the exit code that says so."""

import sys
from collections.abc import Collection, Iterable, Sequence
from enum import IntEnum


class ExitCode(IntEnum):
    """What a finished command tells the shell; the numbers are a promise."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    NOT_FOUND = 3
    DECLINED = 4
    AT_RISK = 5
    LATE = 6
    REJECTED = 7
    TRY_AGAIN = 75
    INTERRUPTED = 130
    CLOSED_PIPE = 141


class PluginState(IntEnum):
    """What a monitoring plugin tells its monitor in place of an exit code."""

    OK = 0
    WARNING = 1
    CRITICAL = 2
    UNKNOWN = 3


class SupportqError(Exception):
    """A fault that a person can understand: one line of cause, lines of cure."""

    exit_code = ExitCode.FAILED

    def __init__(self, cause: str, *cures: str) -> None:
        super().__init__(cause)
        self.cause = cause
        self.cures = cures


class UsageError(SupportqError):
    """Words that were typed and can't be understood."""

    exit_code = ExitCode.USAGE


class NotFound(SupportqError):
    """A ticket, customer or other thing that was named and isn't there."""

    exit_code = ExitCode.NOT_FOUND


class Declined(SupportqError):
    """Nothing changed, because the person said no or wrote nothing."""

    exit_code = ExitCode.DECLINED


class TryAgain(SupportqError):
    """A busy queue or a full disk: nothing changed, and the same command may work later."""

    exit_code = ExitCode.TRY_AGAIN


class UnknownWord(UsageError):
    """A word outside a closed set; names the set and the nearest right word."""

    def __init__(self, what: str, word: str, known: Iterable[str]) -> None:
        from difflib import get_close_matches

        words = list(known)
        nearest = get_close_matches(word, words, n=1) or get_close_matches(word.lower(), words, n=1)
        super().__init__(f'no {what} "{word}"', _meant(words, nearest[0]) if nearest else _choice(words))


def _meant(words: Sequence[str], nearest: str) -> str:
    """Return the word that is probably meant, beside the others where these are few enough to be read."""
    if len(words) > _FEW:
        return f"did you mean {nearest}? (one of {len(words):,})"
    return f"{_choice(words)} (did you mean {nearest}?)"


def _choice(words: Sequence[str]) -> str:
    return f"one of: {first_few(words, most=_WORDS)}" if words else "there is none yet"


class NeedsPackages(SupportqError):
    """Something that packages do which are only installed where they are wanted."""

    def __init__(self, what: str, *packages: str) -> None:
        wanted = " ".join(f"'{package}'" for package in packages)
        super().__init__(
            f"{what} one more package" if len(packages) == 1 else f"{what} more packages",
            f"install for this Python: {sys.executable} -m pip install {wanted}",
        )


class NoSuchName(UnknownWord):
    """The name of something that a desk may have and this one hasn't; names those it has and the nearest."""

    exit_code = ExitCode.NOT_FOUND


class SeveralFaults(UsageError):
    """Several words that can't be understood, each with its own cure."""

    def __init__(self, faults: Collection[SupportqError]) -> None:
        super().__init__(
            f"{len(faults)} of these words can't be understood",
            *(f"{fault.cause}: {'; '.join(fault.cures)}" for fault in faults),
        )


def first_few(words: Sequence[str], *, between: str = " ", most: int = 10) -> str:
    """Return the first of some words, and how many more there are."""
    more = f" and {len(words) - most:,} more" if len(words) > most else ""
    return f"{between.join(words[:most])}{more}"


_FEW = 12
_WORDS = 40
