"""Whole processes timed in turn, so that their ratio holds while the machine's speed drifts."""

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass

RUNS = 9


@dataclass(frozen=True, slots=True)
class Timed:
    """Medians of two commands run in turn: seconds of each, and of their ratio pair by pair."""

    seconds: float
    base_seconds: float
    ratio: float


def seconds(command: Sequence[str], *, stdin: str | None = None) -> float:
    """Run a command once, its output thrown away, and return how long it took."""
    start = time.perf_counter()
    with open(stdin or os.devnull, "rb") as source:  # noqa: PTH123 - a name of the system's
        subprocess.run(command, stdin=source, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def against(command: Sequence[str], base: Sequence[str], runs: int = RUNS) -> Timed:
    """Time two commands in turn after a warm-up of each."""
    seconds(command)
    seconds(base)
    pairs = [(seconds(command), seconds(base)) for _ in range(runs)]
    return Timed(
        statistics.median(mine for mine, _ in pairs),
        statistics.median(other for _, other in pairs),
        statistics.median(mine / other for mine, other in pairs),
    )


def peak_mib(command: Sequence[str]) -> tuple[float, float]:
    """Run a command once and return its seconds and its peak memory in MiB; raise RuntimeError where it broke."""
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said)
        _, _, usage = os.wait4(process.pid, 0)
        took = time.perf_counter() - start
        process.returncode = 0
        said.seek(0)
        told = said.read()
        if any(line.startswith((b"Traceback", b"supportq: ")) for line in told.splitlines()):
            raise RuntimeError(f"{command[0]} broke, so nothing was measured: {told.decode(errors='replace')}")
    return took, usage.ru_maxrss / 1024
