"""A bar on stderr for work that takes longer than a moment."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING, Literal

from supportq.output.clean import clean
from supportq.output.streams import Streams, is_terminal
from supportq.when import format_age

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE = 0.5

Report = Callable[[int, int], None]


@contextmanager
def progress(label: str, total: int | None, streams: Streams, *, unit: str = "rows") -> Iterator[Report]:
    """Yield a function to call with the rows done and how far of `total` (bytes, say) that is, as often as one likes.

    It draws rows by their `unit`, rate and time left after half a second, on a terminal only.
    """
    if not is_terminal(streams.stderr) or streams.is_dumb:
        yield lambda _rows, _position: None
        return
    bar = _Bar(clean(label), total, streams, unit)
    try:
        yield bar.report
    finally:
        bar.stop()


class _Bar:
    def __init__(self, label: str, total: int | None, streams: Streams, unit: str) -> None:
        self._unit = unit
        self._label = label
        self._total = total
        self._streams = streams
        self._begun = monotonic()
        self._drawn: Progress | None = None

    def report(self, rows: int, position: int) -> None:
        passed = monotonic() - self._begun
        if passed < PATIENCE:
            return
        if self._drawn is None:
            self._drawn = _started(self._label, self._total, self._streams)
        (task,) = self._drawn.task_ids
        told = f"{rows:,} {self._unit}, {rows / passed:,.0f} a second{self._left(position, passed)}"
        self._drawn.update(task, completed=position, told=told)

    def _left(self, position: int, passed: float) -> str:
        if not self._total or not position:
            return ""
        return f", {format_age(timedelta(seconds=passed * max(0, self._total / position - 1)))} left"

    def stop(self) -> None:
        if self._drawn is not None:
            self._drawn.stop()


def _started(label: str, total: int | None, streams: Streams) -> "Progress":
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    colour: Literal["standard"] | None = "standard" if streams.has_colour(streams.stderr) else None
    drawn = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[told]}", markup=False),
        console=Console(file=streams.stderr, color_system=colour, force_terminal=True),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    drawn.add_task(label, total=total, told="")
    drawn.start()
    return drawn
