"""Look a queue over: each check yields what it finds wrong and the cure; some can mend it."""

import stat
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from supportq.errors import SupportqError
from supportq.settings.check import check as checked
from supportq.settings.stored import to_json
from supportq.store import check, rebuild, versions
from supportq.store.queue import Queue, is_writable
from supportq.store.rebuild import Report
from supportq.values import dataclass
from supportq.when import format_age, format_stamp, parse_stamp

BACKUP = "bring back a backup, or export what can be read: supportq export -o rescue.jsonl"
FIX = "supportq doctor --fix"
NETWORKS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "ceph", "afs", "fuse.sshfs", "fuse.glusterfs"})


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, and what to do about it."""

    check: str
    problem: str
    cure: str


@dataclass(frozen=True, slots=True)
class Patient:
    """A queue that is looked over: as of now, told how far that is, and asked nothing more once it is damaged."""

    queue: Queue
    now: datetime
    report: Report


Finding = tuple[str, str]
"""A problem and its cure."""

Check = Callable[[Patient], Iterator[Finding]]


def pages(patient: Patient) -> Iterator[Finding]:
    """Ask SQLite whether the file's pages are whole."""
    for problem in check.damage(patient.queue.connection):
        yield f"the file is damaged: {problem}", BACKUP


def references(patient: Patient) -> Iterator[Finding]:
    """Look for rows that name a row which is not there."""
    for problem in check.broken_references(patient.queue.connection):
        yield f"a row that is named is missing: {problem}", BACKUP


def schema(patient: Patient) -> Iterator[Finding]:
    """Compare tables, indexes, triggers and views with those of this version."""
    if not check.is_ours(patient.queue.connection):
        yield "the header is not that of a queue of this version", BACKUP
    for kind, name, _ in check.missing_parts(patient.queue.connection):
        yield f"the {kind} {name} is missing, or is another one", BACKUP if kind == "table" else FIX


def orphans(patient: Patient) -> Iterator[Finding]:
    """Look for messages without events, events without messages, and the like."""
    for problem in check.orphans(patient.queue.connection):
        yield problem, BACKUP


def undone(patient: Patient) -> Iterator[Finding]:
    """Compare which changes are marked as taken back with what the events say."""
    wrong = check.wrongly_marked(patient.queue.connection)
    if wrong:
        yield f"{len(wrong)} changes are marked as taken back and are not, or the other way round", FIX


def projections(patient: Patient) -> Iterator[Finding]:
    """Compare tickets, clocks and tags with what the histories add up to."""
    wrong = list(rebuild.differing(patient.queue, patient.report))
    if wrong:
        tables = sorted({table for _, tables in wrong for table in tables})
        told = f"{_tickets([number for number, _ in wrong])} stored otherwise than the history says"
        yield f"{told}: {', '.join(tables)}", FIX


def search(patient: Patient) -> Iterator[Finding]:
    """Compare the search index with the messages, which takes the write lock."""
    with patient.queue.writing(dry_run=True) as connection:
        if not check.has_whole_search(connection):
            yield "the search index does not say what the messages say", FIX


def settings(patient: Patient) -> Iterator[Finding]:
    """Check the settings in force anew."""
    connection = patient.queue.connection
    try:
        found = checked(versions.text_of(connection, versions.latest_id(connection)))
    except SupportqError as error:
        yield error.cause, "see each fault and mend it: supportq config edit"
        return
    if to_json(found.settings) != to_json(versions.current_settings(connection)):
        yield (
            "this version of supportq reads the settings otherwise",
            "apply them again: supportq config show | supportq config apply -",
        )


def holders(patient: Patient) -> Iterator[Finding]:
    """Look for open tickets of teams and agents that the settings don't have."""
    known = versions.current_settings(patient.queue.connection)
    for what, name, tickets in check.held_by_strangers(patient.queue.connection, known.teams, known.agents):
        hand_over = f"give them to another one: supportq set {','.join(map(str, tickets))} {what}=NAME"
        bring_back = f"bring it back: supportq config set {what}s.{name}.name NAME"
        problem = f"{_tickets(tickets)} with {what} {name}, which the settings lack"
        yield problem, hand_over if len(tickets) <= _MOST_NAMED else bring_back


def clock(patient: Patient) -> Iterator[Finding]:
    """Look for events that claim to be recorded later than now."""
    count, latest = check.recorded_later(patient.queue.connection, format_stamp(patient.now))
    if count:
        ahead = format_age(parse_stamp(latest) - patient.now + timedelta(seconds=1))
        yield f"{count} events are recorded in the future, by up to {ahead}", "set this machine's clock: timedatectl"


def sharing(patient: Patient) -> Iterator[Finding]:
    """Look whether the file has a write-ahead log, and lies where that works."""
    if not check.is_shared_safely(patient.queue.connection):
        yield "the file has no write-ahead log, so that readers and writers wait for each other", FIX
    kind = file_system_of(patient.queue.path, _mounts())
    if kind in NETWORKS:
        yield (
            f"the file lies on a network folder ({kind}), where it breaks",
            "move it to a disk of the host: log in by ssh",
        )


def access(patient: Patient) -> Iterator[Finding]:
    """Look whether others than the owner and the group can read the file."""
    mode = stat.S_IMODE(patient.queue.path.stat().st_mode)
    if mode & 0o007:
        yield f"everybody on this machine can get at the file (mode {mode:04o})", FIX


CHECKS: tuple[Check, ...] = (
    pages,
    references,
    schema,
    orphans,
    undone,
    projections,
    search,
    settings,
    holders,
    clock,
    sharing,
    access,
)


def possible(path: Path) -> tuple[Check, ...]:
    """Return the checks that this person can make: of a file that is only read, SQLite doesn't tell everything."""
    return CHECKS if is_writable(path) else tuple(find for find in CHECKS if find not in (search, sharing))


def examine(patient: Patient, *, anew: bool = False) -> Iterator[Fault]:
    """Yield everything that is wrong; of a file that is damaged, or whose rows name missing ones, only that.

    With `anew`, whatever is worked out from the histories is made from them again in the place of being looked over.
    """
    for find in possible(patient.queue.path):
        if anew and find in _WORKED_OUT:
            _MENDERS[find.__name__](patient)
            continue
        found = [Fault(find.__name__, problem, cure) for problem, cure in find(patient)]
        yield from found
        if found and find in (pages, references):
            return


def mend(patient: Patient, faults: Iterable[Fault]) -> None:
    """Mend what can be mended without a person's decision; nothing that happened is ever touched."""
    for name in dict.fromkeys(fault.check for fault in faults if fault.cure == FIX):
        _MENDERS[name](patient)


def file_system_of(path: Path, mounts: Iterable[str]) -> str:
    """Return the type of the file system that a path lies on, by the lines of /proc/mounts."""
    best, kind = "", ""
    for line in mounts:
        _, place, found, *_ = line.split(" ")
        if len(place) > len(best) and path.absolute().is_relative_to(place.replace("\\040", " ")):
            best, kind = place, found
    return kind


def _mounts() -> list[str]:
    try:
        return Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []


def _tickets(numbers: list[int]) -> str:
    named = ", ".join(map(str, numbers[:5]))
    return f"{len(numbers)} ticket{'s' * (len(numbers) > 1)} ({named}{', ...' * (len(numbers) > 5)})"


def _mend_schema(patient: Patient) -> None:
    with patient.queue.writing() as connection:
        for kind, name, statement in check.missing_parts(connection):
            if kind != "table":
                check.make_part(connection, kind, name, statement)


def _mend_undone(patient: Patient) -> None:
    with patient.queue.writing() as connection:
        check.mark_rightly(connection, check.wrongly_marked(connection))


def _mend_projections(patient: Patient) -> None:
    if rebuild.rebuild(patient.queue, patient.report):
        _mend_search(patient)


def _mend_search(patient: Patient) -> None:
    with patient.queue.writing() as connection:
        check.rebuild_search(connection)


def _mend_sharing(patient: Patient) -> None:
    check.share_safely(patient.queue.connection)


def _mend_access(patient: Patient) -> None:
    mode = stat.S_IMODE(patient.queue.path.stat().st_mode)
    patient.queue.path.chmod(mode & ~0o007)


_MOST_NAMED = 20
_WORKED_OUT = (projections, search)
_MENDERS = {
    "schema": _mend_schema,
    "undone": _mend_undone,
    "projections": _mend_projections,
    "search": _mend_search,
    "sharing": _mend_sharing,
    "access": _mend_access,
}
