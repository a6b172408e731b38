"""The promises of speed, measured by hand: python tests/benchmark/speed.py [10000 100000 1000000].

Each figure is a ratio to something measured in the same run; see the README for what is promised.
"""

import sqlite3
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from inquiries import write_inquiries
from stopwatch import RUNS, Timed, against, peak_mib, seconds

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent
SUPPORTQ = str(BIN / "supportq")
PYTHON = sys.executable
EMPTY_APP = (PYTHON, str(HERE / "empty_app.py"))
BARE = (PYTHON, "-c", "import sqlite3")


TEN_THOUSAND = """
select id, subject, customer, status, priority, team, assignee, due_at, created_at from ticket_view limit 10000
"""


def say(what: str, goal: str, figure: str) -> None:
    """Print one line of the table."""
    print(f"{what:<58}{goal:>17}{figure:>34}", flush=True)  # noqa: T201 - this is a script


def ratio(timed: Timed) -> str:
    """Return a ratio with the seconds behind it."""
    return f"{timed.ratio:.2f} x  ({timed.seconds * 1000:.0f} / {timed.base_seconds * 1000:.0f} ms)"


def on(queue: Path, *words: str) -> tuple[str, ...]:
    """Return a command line on a queue."""
    return (SUPPORTQ, *words, "--queue", str(queue), "--as", "bench", "--now", "2026-11-20T12:00:00Z")


def on_terminal(command: tuple[str, ...]) -> tuple[str, ...]:
    """Return a command line that runs another one on a terminal of 80 columns."""
    return (PYTHON, "-c", "import pty, sys; pty.spawn(sys.argv[1:])", *command)


def found(queue: Path) -> Path:
    """Create an empty queue, older than the tickets to come: older ones would raise no alarm."""
    words = (SUPPORTQ, "init", str(queue), "--preset", "liveagent", "--as", "bench", "--now", "2024-01-01T00:00:00Z")
    subprocess.run(words, check=True, capture_output=True)
    return queue


def build(folder: Path, count: int, *, all_open: bool = False) -> Path:
    """Create a queue of so many tickets by importing them, and say how quick that was."""
    queue = found(folder / f"{count}{'-open' if all_open else ''}.db")
    rows = write_inquiries(queue.with_suffix(".csv"), count, all_open=all_open)
    took, memory = peak_mib(on(queue, "import", str(rows)))
    other = queue.with_suffix(".other")
    by_others = seconds([str(BIN / "sqlite-utils"), "insert", str(other), "rows", str(rows), "--csv"])
    other.unlink()
    say(
        f"import of {count:,} rows, and peak memory",
        ">= 2 x, 150 M",
        f"{by_others / took:.2f} x  ({count / took:,.0f} rows/s, {memory:.0f} MiB)",
    )
    return queue


def measure_start() -> None:
    """Measure what touches no queue."""
    say("--version", "<= 2 x bare", ratio(against((SUPPORTQ, "--version"), BARE)))
    words = ("__complete", "bash", "supportq", "li")
    say("completion of a command", "<= 2 x bare", ratio(against((SUPPORTQ, *words), BARE)))


def measure_queue(queue: Path) -> None:
    """Measure the daily commands on one queue against an empty Typer app."""
    inside = f" in {queue.stem}"
    say(
        f"log{inside}",
        "<= 1.4 x app",
        ratio(against(on(queue, "log", "Bench", "-c", "b@example.com", "-m", "x"), EMPTY_APP)),
    )
    say(
        f"list -L 20 -f tsv{inside}",
        "<= 1.3 x app",
        ratio(against(on(queue, "list", "-L", "20", "-f", "tsv"), EMPTY_APP)),
    )
    say(f"next -f tsv{inside}", "<= 1.3 x app", ratio(against(on(queue, "next", "-f", "tsv"), EMPTY_APP)))
    table = against(on_terminal(on(queue, "list", "-L", "20")), on_terminal(EMPTY_APP))
    say(f"list -L 20 on a terminal{inside}", "<= 1.9 x app", ratio(table))
    say(f"breaches -q{inside}", "<= 1.3 x app", ratio(against(on(queue, "breaches", "-q"), EMPTY_APP)))
    listing = on(queue, "list", "-L", "20", "-f", "tsv")
    say(
        f"search, 20 newest{inside}",
        "<= 1.15 x list",
        ratio(against(on(queue, "search", "parcel", "-L", "20", "-f", "tsv"), listing)),
    )
    say(
        f"report sla of 4 weeks{inside}",
        "<= 2 x list",
        ratio(against(on(queue, "report", "sla", "--since", "28d", "-f", "tsv"), listing)),
    )
    rows = against(on(queue, "list", "status:any", "-L", "10000", "-f", "tsv"), EMPTY_APP)
    shell = (
        "sqlite3",
        "-tabs",
        str(queue),
        TEN_THOUSAND,
    )
    plain = against(shell, EMPTY_APP)
    say(
        f"10,000 rows as tsv{inside}",
        "<= 1 x",
        f"{rows.seconds / (3 * plain.seconds + plain.base_seconds):.2f} x  ({rows.seconds * 1000:.0f} ms)",
    )


def measure_growth(small: Path, large: Path) -> None:
    """Measure whether a hundred times the data makes a command slower."""
    for what, words in {
        "log": ("log", "Bench", "-c", "b@example.com", "-m", "x"),
        "list": ("list", "-L", "20", "-f", "tsv"),
        "search": ("search", "parcel", "-L", "20", "-f", "tsv"),
        "breaches -q": ("breaches", "-q"),
    }.items():
        say(
            f"{what}: {large.stem} against {small.stem} tickets",
            "<= 1.1 x",
            ratio(against(on(large, *words), on(small, *words))),
        )


SCAN = """
with due as (
  select clock.ticket_id, clock.team, clock.priority,
    strftime('%Y-%m-%dT%H:%M:%SZ', clock.started_at, '+' || clock.target_s || ' seconds') as due_at
  from clock join ticket on ticket.id = clock.ticket_id
  where clock.standing in ('running', 'paused') and ticket.status in ('new', 'open', 'pending', 'on_hold')
)
select team, priority, count(*), min(due_at) from due where due_at < '2026-11-20T12:00:00Z' group by team, priority
"""


def measure_breaches(queue: Path) -> None:
    """Measure a breach check of nothing but open tickets against a scan that computes every due moment."""
    timed = against(on(queue, "breaches", "-L", "50", "-f", "tsv"), ("sqlite3", str(queue), SCAN), runs=5)
    say(f"breaches, 50 worst, {queue.stem}", "<= 0.15 x scan", ratio(timed))


def measure_rebuild(queue: Path) -> None:
    """Measure how quickly tickets and clocks are worked out from the history and compared, other checks included."""
    took = seconds(on(queue, "doctor", "--rebuild"))
    say(f"doctor --rebuild in {queue.stem}", ">= 5,000/s", f"{ticket_count(queue) / took:,.0f}/s ({took:.1f} s)")


def measure_export(queue: Path) -> None:
    """Measure an export, whose memory must not grow with the queue, and how quickly a queue is made of it."""
    lines, copy = queue.with_suffix(".jsonl"), queue.with_suffix(".copy.db")
    took, memory = peak_mib(on(queue, "export", "-o", str(lines)))
    back = seconds((SUPPORTQ, "init", str(copy), "--from", str(lines)))
    count = ticket_count(copy)
    say(
        f"export of {queue.stem}, peak memory; back",
        "flat",
        f"{count / took:,.0f}/s, {memory:.0f} MiB; {count / back:,.0f}/s",
    )
    lines.unlink()
    copy.unlink()


def measure_logs_beside_import(queue: Path, count: int) -> None:
    """Measure how long one who logs a ticket waits for a big import, beyond what a log takes anyway."""
    rows = write_inquiries(queue.with_suffix(".csv"), count)
    log = on(queue, "log", "Bench", "-c", "b@example.com", "-m", "x")
    alone = [seconds(log) for _ in range(RUNS)]
    beside = []
    with subprocess.Popen(on(queue, "import", str(rows)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as it:
        while it.poll() is None:
            beside.append(seconds(log))
    lost = count + len(alone) + len(beside) - ticket_count(queue)
    wait = max(beside) - statistics.median(alone)
    say(f"longest wait of a log beside an import of {count:,}", "<= 0.5 s, 0 lost", f"{wait:.2f} s, {lost} lost")


def ticket_count(queue: Path) -> int:
    """Return how many tickets a queue holds."""
    count: int = sqlite3.connect(queue).execute("select count(*) from ticket").fetchone()[0]
    return count


def measure_writers(queue: Path) -> None:
    """Measure eight processes that write five hundred times each."""
    before = sqlite3.connect(queue).execute("select count(*) from event").fetchone()[0]
    code = "import runpy, sys; sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
    writers = [
        subprocess.Popen(
            [PYTHON, "-c", code, str(HERE / "busy_writer.py"), str(queue), str(number)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(8)
    ]
    slowest = max(float(writer.communicate()[0]) for writer in writers)
    after = sqlite3.connect(queue).execute("select count(*) from event").fetchone()[0]
    say("8 writers x 500 notes: kept, longest wait", "4,000", f"{after - before:,} ({slowest:.2f} s)")


def main() -> None:
    """Measure everything at each size."""
    sizes = [int(word) for word in sys.argv[1:]] or [10_000]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        measure_start()
        queues = [build(folder, size) for size in sizes]
        for queue in queues:
            measure_queue(queue)
        if len(queues) > 1:
            measure_growth(queues[0], queues[-1])
        measure_breaches(build(folder, max(sizes), all_open=True))
        measure_writers(queues[0])
        measure_logs_beside_import(found(folder / "busy.db"), min(300_000, max(sizes)))
        for queue in queues:
            measure_rebuild(queue)
            measure_export(queue)


if __name__ == "__main__":
    main()
