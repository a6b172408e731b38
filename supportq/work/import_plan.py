"""What an import would do, found out without a lock and without writing anything."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import field

from supportq.intake.inquiry import Entry, Reject
from supportq.intake.opening import Opened
from supportq.model.inquiry import Inquiry
from supportq.store import sources
from supportq.store.queue import Queue
from supportq.values import dataclass
from supportq.work.import_ import doubtful, renewable, sorted_out, strayed
from supportq.work.known import others
from supportq.work.learned import lessons
from supportq.work.renew import whose
from supportq.work.speaking import begun_by_messages, begun_under, ticketless
from supportq.work.tally import OnDuplicate

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
    """What would become of the rows of a file: counts, the first few tickets that are new, the first few rejects.

    Of the rows that are `new`, those that are `threaded` name an earlier one with which they go on.
    """

    new: int = 0
    threaded: int = 0
    unsure: Counter[str] = field(default_factory=Counter)
    updated: int = 0
    differing: int = 0
    outdated: int = 0
    unchanged: int = 0
    rejected: int = 0
    samples: list[Sample] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    named: dict[str, Sample] = field(default_factory=dict)
    foreign: set[str] = field(default_factory=set)

    def reject(self, reject: Reject) -> None:
        """Count a row that can't be taken, and keep it if it is one of the first few."""
        self.rejected += 1
        self.rejects += [reject] if self.rejected <= _REJECTS else []

    def sample(self, inquiry: Inquiry) -> None:
        """Keep an inquiry that is new, if it is one of the first few tickets or goes on with one of them."""
        if inquiry.thread and inquiry.thread in self.named:
            self.named[inquiry.thread].then.append(inquiry)
        elif len(self.samples) < _SAMPLES:
            found = Sample(inquiry, [])
            self.samples.append(found)
            self.named |= dict.fromkeys(filter(None, (inquiry.key, inquiry.thread)), found)


def plan_import(queue: Queue, reading: Opened, on_duplicate: OnDuplicate, before: Plan | None = None) -> Plan:
    """Read a whole file and say what importing it would do to this queue, after the file before."""
    plan = Plan(samples=before.samples, named=before.named, foreign=before.foreign) if before else Plan()
    entries: list[Entry] = []
    for row in reading:
        if isinstance(row, Reject):
            plan.reject(row)
            continue
        entries.append(row)
        if len(entries) == _BATCH:
            _look_up(queue, reading, entries, plan, on_duplicate)
            entries.clear()
    _look_up(queue, reading, entries, plan, on_duplicate)
    return plan


def _look_up(queue: Queue, reading: Opened, entries: Sequence[Entry], plan: Plan, on_duplicate: OnDuplicate) -> None:
    known = sources.known(queue.connection, reading.source, [entry.inquiry.key or "" for entry in entries])
    begun = begun_by_messages(queue, begun_under(reading), entries, known)
    fresh, again, same = sorted_out(entries, known | begun)
    taught = lessons(queue, same) if on_duplicate is OnDuplicate.UPDATE else ()
    of_others = others(queue, again)
    plan.foreign.update(of_others)
    plan.unchanged += len(entries) - len(fresh) - len(again) - len(taught)
    renewed = renewable(queue, again, of_others, on_duplicate, begun)
    refused = [(entry, known) for entry, known in renewed if entry.inquiry.key in of_others]
    plan.updated += len(renewed) + len(taught) - len(refused)
    if on_duplicate is OnDuplicate.UPDATE:
        plan.outdated += len(again) - len(renewed)
    else:
        plan.differing += len(again) - len(renewed)
    for entry, what in refused:
        owner = of_others[entry.inquiry.key or ""]
        plan.reject(Reject(entry.line, whose(entry.inquiry, what, owner), entry.cells))
    for entry in fresh:
        if entry.inquiry.thread in plan.foreign:
            plan.reject(strayed(entry))
        elif entry.inquiry.thread in reading.lost:
            plan.reject(ticketless(entry))
        else:
            plan.new += 1
            plan.threaded += bool(entry.inquiry.thread)
            plan.unsure += doubtful([entry])
            plan.sample(entry.inquiry)
