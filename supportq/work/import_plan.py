"""What an import would do, found out without a lock and without writing anything."""

from collections.abc import Iterable
from dataclasses import field

from supportq.intake.inquiry import Entry, Reject
from supportq.intake.opening import Opened
from supportq.model.inquiry import Inquiry
from supportq.store import sources
from supportq.store.queue import Queue
from supportq.values import dataclass

_SAMPLES = 3
_REJECTS = 20
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Sample:
    """A ticket as it would be: its inquiry, and what the file says further about it."""

    inquiry: Inquiry
    then: list[Inquiry]


@dataclass(slots=True, eq=False)
class Plan:
    """What would become of the rows of a file: counts, the first few tickets that are new, the first few rejects."""

    new: int = 0
    differing: int = 0
    unchanged: int = 0
    rejected: int = 0
    samples: list[Sample] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    named: dict[str, Sample] = field(default_factory=dict)

    def sample(self, inquiry: Inquiry) -> None:
        """Keep an inquiry that is new, if it is one of the first few tickets or goes on with one of them."""
        if inquiry.thread and inquiry.thread in self.named:
            self.named[inquiry.thread].then.append(inquiry)
        elif len(self.samples) < _SAMPLES:
            found = Sample(inquiry, [])
            self.samples.append(found)
            self.named |= dict.fromkeys(filter(None, (inquiry.key, inquiry.thread)), found)


def plan_import(queue: Queue, reading: Opened) -> Plan:
    """Read a whole file and say what importing it would do to this queue."""
    plan = Plan()
    entries: list[Entry] = []
    for row in reading:
        if isinstance(row, Reject):
            plan.rejected += 1
            plan.rejects += [row] if plan.rejected <= _REJECTS else []
            continue
        entries.append(row)
        if len(entries) == _BATCH:
            _look_up(queue, reading.source, entries, plan)
            entries.clear()
    _look_up(queue, reading.source, entries, plan)
    return plan


def _look_up(queue: Queue, source: str, entries: Iterable[Entry], plan: Plan) -> None:
    by_key = {entry.inquiry.key or "": entry for entry in entries}
    known = sources.known(queue.connection, source, by_key)
    fresh = [entry.inquiry for key, entry in by_key.items() if key not in known]
    differing = sum(known[key].digest != entry.digest for key, entry in by_key.items() if key in known)
    plan.new += len(fresh)
    plan.differing += differing
    plan.unchanged += len(known) - differing
    for inquiry in fresh:
        plan.sample(inquiry)
