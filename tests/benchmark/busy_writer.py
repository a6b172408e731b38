"""One of several writers on one queue: five hundred notes, each a transaction; prints the longest wait in seconds."""

import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from supportq.store import versions
from supportq.store.change import Writer
from supportq.store.opening import open_queue
from supportq.work.note import note


def main() -> None:
    """Write to the queue that the first argument names."""
    queue = open_queue(Path(sys.argv[1]), write=True)
    settings = versions.current_settings(queue.connection)
    book = versions.book_of(queue.connection)
    longest = 0.0
    for number in range(500):
        start = time.perf_counter()
        writer = Writer(queue, settings, book, "bench", datetime.now(UTC).replace(microsecond=0))
        note(writer, {1 + number % 50: f"note {number} of {sys.argv[2]}"})
        longest = max(longest, time.perf_counter() - start)
    print(longest)  # noqa: T201 - read by the benchmark


if __name__ == "__main__":
    main()
