"""A check with a name: what it has to tell that it has not told before, and what it will remember."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from supportq.model.clock import Level, Standing
from supportq.sla.history import read_history
from supportq.sla.terms import Book
from supportq.store import breaches, checks
from supportq.store.breaches import Breach, Lookout, Name
from supportq.store.checks import Run
from supportq.store.customers import customers_in
from supportq.store.histories import read_histories
from supportq.store.queue import Queue

_BATCH = 1000


def missed_since(queue: Queue, run: Run, lookout: Lookout, book: Book) -> list[Breach]:
    """Return the promises that were broken and over before anybody looked, the longest overdue first.

    Whatever was missed already when the events up to the last run were all there were is no news.
    """
    tickets = checks.touched_since(queue, run)
    found: list[Breach] = []
    for start in range(0, len(tickets), _BATCH):
        batch = tickets[start : start + _BATCH]
        known = {*_missed_before(queue, run, batch, book), *checks.told(queue, run, batch, Level.MISSED)}
        found += [breach for breach in breaches.iter_missed(queue, lookout, batch) if breach.name not in known]
    return sorted(found, key=lambda breach: breach.due_at)


def news(queue: Queue, run: Run, lookout: Lookout, missed: Sequence[Breach], *, risk: bool) -> list[tuple[Level, Name]]:
    """Return what a run tells for the first time, for it to remember."""
    untold = replace(lookout, untold_by=run.check)
    found = [(Level.LATE, name) for name in breaches.names(queue, Level.LATE, untold)]
    found += [(level, breach.name) for breach in missed for level in (Level.MISSED, Level.LATE)]
    if risk:
        found += [(Level.AT_RISK, name) for name in breaches.names(queue, Level.AT_RISK, untold)]
    return found


def _missed_before(queue: Queue, run: Run, tickets: Sequence[int], book: Book) -> Iterator[Name]:
    histories = read_histories(queue.connection, tickets)
    people = customers_in(queue.connection, histories.values())
    for number, history in histories.items():
        earlier = [event for event in history if event.id <= run.seen]
        for clock in read_history(earlier, book, people).clocks:
            if clock.standing is Standing.MISSED:
                yield number, clock.kind, clock.ordinal
