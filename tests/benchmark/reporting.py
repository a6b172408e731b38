"""Reports on two years, each beside the SQL behind it in the shell: python tests/benchmark/reporting.py [10000 100000].

The history is that of tests/reports/history.py with so many tickets; both answer for the whole of it, by team. A file
stands for the queue that an earlier run left: that of a million tickets takes long to record.
"""

import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path

from stopwatch import Timed, against, peak_mib, seconds

sys.path.insert(0, str(Path(__file__).parents[1]))

from queues import NOW
from reports.history import START, iter_stories, record

from supportq.reports import find_report, names
from supportq.when import format_stamp

SUPPORTQ = str(Path(sys.executable).parent / "supportq")
EMPTY_APP = (sys.executable, str(Path(__file__).parent / "empty_app.py"))
LONG_S = 3
"""What takes longer is timed once: its own noise is small beside it."""
SINCE, UNTIL = format_stamp(START - timedelta(days=1)), format_stamp(NOW)


def build(count: int) -> Path:
    """Record a history in a process of its own: what that takes would count as the peak of each one started later."""
    with ProcessPoolExecutor(1, get_context("spawn")) as other:
        return other.submit(_record, count).result()


def _record(count: int) -> Path:
    return record(iter_stories(count), at_once=1000)


def asked(queue: Path, name: str, *words: str) -> tuple[str, ...]:
    """Return the command line of a report."""
    by = ("--by", "team") if "team" in find_report(name).keys else ()
    about = (*by, "--since", SINCE, "--now", UNTIL, "--queue", str(queue), "--as", "ann")
    return (SUPPORTQ, "report", name, *about, *words)


def measure(queue: Path, name: str) -> str:
    """Return how long a report takes, how long SQLite alone, and the peak memory."""
    took, memory = peak_mib(asked(queue, name))
    if find_report(name).sql is None:
        return f"{took * 1000:7.0f} ms{'':>24}{memory:8.0f} MiB"
    statement = subprocess.run(asked(queue, name, "--sql"), check=True, capture_output=True, text=True).stdout
    file = queue.with_suffix(f".{name}.sql")
    file.write_text(f".output /dev/null\n{statement}")
    shell = ("sqlite3", "-readonly", "-init", str(file), str(queue), ".exit")
    if took > LONG_S:
        took, alone = seconds(asked(queue, name)), seconds(shell)
        timed = Timed(took, alone, took / alone)
    else:
        timed = against(asked(queue, name), shell, runs=3)
    return f"{timed.seconds * 1000:7.0f} ms{timed.base_seconds * 1000:9.0f} ms{timed.ratio:9.2f} x{memory:9.0f} MiB"


def main() -> None:
    """Measure every report on queues of the sizes that were asked for, or in these files."""
    for word in sys.argv[1:] or ["10000", "100000"]:
        queue = build(int(word)) if word.isdecimal() else Path(word)
        start = against(EMPTY_APP, EMPTY_APP, runs=3).seconds
        size = f"{int(word):,} tickets in " if word.isdecimal() else ""
        print(f"\n{size}{queue}; an empty app takes {start * 1000:.0f} ms")  # noqa: T201 - this is a script
        print(f"{'report':<14}{'supportq':>10}{'SQL':>12}{'ratio':>11}{'memory':>13}")  # noqa: T201
        for name in names():
            print(f"{name:<14}{measure(queue, name)}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
