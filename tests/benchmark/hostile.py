"""What hostile text costs, by hand: python tests/benchmark/hostile.py.

Huge mails, in seconds (each is to stay under 2); and terminal sequences that never end, beside as many plain words.
"""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import process_time

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "output")]

from exhibits import UNFINISHED  # noqa: E402 - the tests' own
from giants import GIANTS  # noqa: E402
from speed import say  # noqa: E402

from supportq.mail.reading import read_mail  # noqa: E402
from supportq.output.clean import clean  # noqa: E402

LENGTH = 1_000_000


def cost(work: Callable[[], object]) -> float:
    """Return the processor time that a call takes, in seconds."""
    begun = process_time()
    work()
    return process_time() - begun


def main() -> None:
    """Measure each kind of mail and of sequence."""
    for size, data in GIANTS.items():
        say(f"a mail with huge {size}", "2 s", f"{cost(partial(read_mail, data)):.2f} s")
    words = cost(partial(clean, "word\x00" * (LENGTH // 5)))
    for piece in UNFINISHED:
        text = piece * (LENGTH // len(piece))
        say(f"a megabyte of {piece!r}", "20", f"{cost(partial(clean, text)) / words:.1f} x")


if __name__ == "__main__":
    main()
