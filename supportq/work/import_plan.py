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


@dataclass(slots=True, eq=False)
class Plan:
    """What would become of the rows of a file: counts, the first few that are new, the first few rejects."""

    new: int = 0
    differing: int = 0
    unchanged: int = 0
    rejected: int = 0
    samples: list[Inquiry] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)


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
    plan.samples += fresh[: _SAMPLES - len(plan.samples)]
