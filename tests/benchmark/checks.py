"""What promises cost as a queue grows, by hand: python tests/benchmark/checks.py [1000 100000 1000000].

Checks for breaches are ratios to the same command on a queue without tickets. New settings, a plan and a rebuild are
measured once, on 100,000 tickets of which 50,000 have a clock that runs.
"""

import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from inquiries import write_inquiries
from speed import found, measure_rebuild, on, ratio, say
from stopwatch import against, peak_mib

CHECKS = (
    ("breaches", "-q"),
    ("breaches", "-f", "tsv"),
    ("breaches", "-f", "nagios"),
    ("breaches", "-f", "prom"),
    ("breaches", "--check", "bench", "--since-last", "-q"),
)

OPEN = 50_000
"""A ticket without a team has one clock, that of the soft promise: as many run as tickets are open."""

PROMISE = """
[[sla.policies]]
name = "everybody"
first_response = "2h"
next_response = "4h"
resolution = "72h"
"""

RUNNING = "select count(*) from clock where standing in ('running', 'paused')"


def queue_of(folder: Path, count: int, *, open_count: int | None = None) -> Path:
    """Create a queue of so many tickets, of which so many are open."""
    queue = found(folder / f"{count}{f'-{open_count}-open' if open_count else ''}.db")
    if count:
        rows = write_inquiries(queue.with_suffix(".csv"), count, open_count=open_count)
        subprocess.run(on(queue, "import", str(rows)), check=False, capture_output=True)
        rows.unlink()
    return queue


def running(queue: Path) -> int:
    """Return how many clocks run."""
    with sqlite3.connect(queue) as connection:
        return int(connection.execute(RUNNING).fetchone()[0])


def measure_checks(queue: Path, empty: Path) -> None:
    """Measure each check beside the same one of a queue without tickets."""
    say(f"clocks that run in a queue of {queue.stem}", "", f"{running(queue):,}")
    for words in CHECKS:
        say(f"{' '.join(words)} in {queue.stem}", "", ratio(against(on(queue, *words), on(empty, *words))))


def measure_changes(folder: Path, queue: Path) -> None:
    """Measure a plan of other promises, the settings that make them, and a rebuild."""
    settings = folder / "promises.toml"
    text = subprocess.run(on(queue, "config", "show"), check=True, capture_output=True, text=True).stdout
    settings.write_text(text + PROMISE, encoding="utf-8")
    for words in (
        ("sla", "plan", "--settings", str(settings), "--since", "3y", "-f", "tsv"),
        ("config", "apply", str(settings), "--yes"),
    ):
        clocks = f"{running(queue):,} clocks"
        took, memory = peak_mib(on(queue, *words))
        say(f"{words[0]} {words[1]}, {clocks}, in {queue.stem}", "", f"{took:.1f} s, {memory:.0f} MiB")
    measure_rebuild(queue)


def main() -> None:
    """Measure each check at each size, and then what touches many clocks."""
    sizes = [int(word) for word in sys.argv[1:]] or [1_000, 100_000]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        empty = found(folder / "0.db")
        for size in sizes:
            measure_checks(queue_of(folder, size, open_count=OPEN if size >= 1_000_000 else None), empty)
        measure_changes(folder, queue_of(folder, 100_000, open_count=OPEN))


if __name__ == "__main__":
    main()
