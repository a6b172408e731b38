"""Of which tickets messages speak: those that come along in other files, or that are in the queue already."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from supportq.errors import UsageError
from supportq.intake.inquiry import Entry, Reject
from supportq.intake.opening import Batch, Opened
from supportq.intake.profiles.messages import PROFILE as MESSAGES
from supportq.intake.reading import Reading
from supportq.store import sources
from supportq.store.queue import Queue
from supportq.store.sources import Known, tickets_by_source


def settled(queue: Queue, batch: Batch) -> Batch:
    """Return the files of an import, of which those that go on with tickets of others tell whose these are.

    What speaks of tickets that neither come along nor are in the queue is lost, where the others of its file are; with
    files of tickets beside it it always is. Raises UsageError where the tickets of several sources may be meant.
    """
    sound = [each for each in batch.readings if isinstance(each, Reading) and not each.fault]
    tickets = [each for each in sound if not each.goes_on]
    readings = [
        _settled(queue, each, tickets)
        if isinstance(each, Reading) and not each.fault and each.recognised.profile.follows
        else each
        for each in batch.readings
    ]
    return replace(batch, readings=tuple(readings))


def ticketless(entry: Entry) -> Reject:
    """Return a message of which the ticket is not there, as a reject."""
    reason = f'no ticket "{entry.inquiry.thread}" is there to go on with: import that first, then this'
    return Reject(entry.line, reason, entry.cells)


def begun_under(reading: Opened) -> tuple[str, ...]:
    """Return under which sources messages may have opened the tickets of a file before it came."""
    if not isinstance(reading, Reading) or reading.goes_on:
        return ()
    return (reading.source,) if reading.is_of_named_desk else (MESSAGES.source, reading.source)


def begun_by_messages(
    queue: Queue, under: Sequence[str], entries: Iterable[Entry], known: Mapping[str, Known]
) -> dict[str, Known]:
    """Return what messages have opened of which these rows, without words of their own, are the tickets."""
    silent = [entry.inquiry for entry in entries if not (entry.inquiry.body or entry.inquiry.thread)] if under else []
    keys = {inquiry.key for inquiry in silent if inquiry.key} - known.keys()
    found: dict[str, Known] = {}
    for source in under if keys else ():
        found |= sources.known(queue.connection, sources.of_threads(source), keys)
    return found


def _settled(queue: Queue, reading: Reading, tickets: Sequence[Reading]) -> Reading:
    threads = {row.inquiry.thread for row in reading if isinstance(row, Entry) and row.inquiry.thread}
    beside = _found(tickets, threads)
    stored = tickets_by_source(queue.connection, threads)
    own = beside.get(reading.source, set()) | stored.pop(reading.source, set())
    if reading.is_of_named_desk:
        return replace(reading, lost=frozenset(threads - own if tickets else ()))
    others = [{source: keys - own for source, keys in found.items()} for found in (beside, stored)]
    source = next(filter(None, (_chosen(reading, found, threads - own) for found in others)), "")
    known = own | beside.get(source, set()) | stored.get(source, set())
    is_part = bool(tickets) or any(2 * len(keys) > len(threads) for keys in stored.values())
    return replace(reading, refers_to=source, lost=frozenset(threads - known if is_part else ()))


def _found(tickets: Iterable[Reading], threads: set[str]) -> dict[str, set[str]]:
    """Return which of these threads the files of tickets have, by their sources."""
    found: dict[str, set[str]] = {}
    for reading in tickets if threads else ():
        keys = found.setdefault(reading.source, set())
        for row in reading:
            if isinstance(row, Entry):
                keys.update(threads.intersection(filter(None, (row.inquiry.key, row.inquiry.thread))))
    return found


def _chosen(reading: Reading, found: Mapping[str, set[str]], threads: set[str]) -> str:
    """Return the source that has any of these threads, or all of them where several have some."""
    having = [source for source, keys in found.items() if keys]
    if len(having) > 1:
        having = [source for source in having if found[source] >= threads] or having
    if len(having) > 1:
        named = " and ".join(f'"{source}"' for source in sorted(having))
        raise UsageError(
            f"{reading.name} may speak of the tickets of {named}",
            "import it by itself and say whose they are: "
            + "  or  ".join(f"--source {each}" for each in sorted(having)),
        )
    return having[0] if having else ""
