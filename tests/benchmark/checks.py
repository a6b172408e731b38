"""What a check for breaches costs as a queue grows, by hand: python tests/benchmark/checks.py [1000 100000 1000000].

Each figure is a ratio to the same command on a queue without tickets.
"""

import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from inquiries import write_inquiries
from speed import SUPPORTQ, on, ratio, say
from stopwatch import against

CHECKS = (
    ("breaches", "-q"),
    ("breaches", "-f", "tsv"),
    ("breaches", "-f", "nagios"),
    ("breaches", "-f", "prom"),
    ("breaches", "--check", "bench", "--since-last", "-q"),
)
BEFORE_ALL = "2024-01-01T00:00:00Z"
"""Tickets older than their queue raise no alarm."""

RUNNING = "select count(*) from clock where standing in ('running', 'paused')"


def queue_of(folder: Path, count: int) -> Path:
    """Create a queue of so many tickets."""
    queue = folder / f"{count}.db"
    init = [SUPPORTQ, "init", str(queue), "--preset", "liveagent", "--as", "bench", "--now", BEFORE_ALL]
    subprocess.run(init, check=True, capture_output=True)
    if count:
        rows = write_inquiries(queue.with_suffix(".csv"), count)
        subprocess.run(on(queue, "import", str(rows)), check=False, capture_output=True)
        rows.unlink()
    return queue


def main() -> None:
    """Measure each check at each size."""
    sizes = [int(word) for word in sys.argv[1:]] or [1_000, 100_000]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        empty = queue_of(folder, 0)
        for queue in (queue_of(folder, size) for size in sizes):
            with sqlite3.connect(queue) as connection:
                running = connection.execute(RUNNING).fetchone()[0]
            say(f"clocks that run in a queue of {queue.stem}", "", f"{running:,}")
            for words in CHECKS:
                say(f"{' '.join(words)} in {queue.stem}", "", ratio(against(on(queue, *words), on(empty, *words))))


if __name__ == "__main__":
    main()
