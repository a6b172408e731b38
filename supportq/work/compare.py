"""Compare the times that other desks counted with those that are counted here."""

from collections.abc import Iterator
from datetime import timedelta

from supportq.intake.metrics import METRICS, Metric
from supportq.store.comparing import Counted, counted_there, names_alike
from supportq.store.queue import Queue
from supportq.values import dataclass

LARGE = 0.1
"""Times that differ by less than this part of the longer one differ little."""

SMALL = timedelta(minutes=5)
"""Times that differ by less than this differ little, however short they are."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One time of one ticket, as it was counted there and here."""

    ticket: int
    name: str
    there: timedelta
    here: timedelta

    @property
    def is_large(self) -> bool:
        """Tell whether the two differ by more than a tenth of the longer one, and by more than five minutes."""
        apart = abs(self.there - self.here)
        return apart > SMALL and apart > LARGE * max(self.there, self.here)


def compare(queue: Queue) -> Iterator[Comparison]:
    """Yield every time that another desk told and this one counts too; what it leaves open is taken as it fits best."""
    by_name = {name.lower(): metric for name, metric in METRICS.items()}
    known = {name: by_name[name.lower()] for name in names_alike(queue.connection, METRICS)}
    clocks = {name: metric.clock.value for name, metric in known.items()}
    for found in counted_there(queue.connection, clocks):
        metric = known[found.name]
        if (there := metric.read(found.value)) is not None:
            here = min(_counted_here(metric, found), key=lambda span: abs(span - there))
            yield Comparison(found.ticket, found.name, there, here)


def _counted_here(metric: Metric, found: Counted) -> list[timedelta]:
    by_hours = found.elapsed_s if found.business_s is None else found.business_s
    seconds = {True: [by_hours], False: [found.elapsed_s], None: [by_hours, found.elapsed_s]}
    return [timedelta(seconds=each) for each in seconds[metric.in_hours]]
