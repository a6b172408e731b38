"""What undo and redo list, and say when they are done."""

from collections.abc import Iterable, Iterator
from itertools import islice

from supportq.commands.written import difference_table
from supportq.desk import Desk
from supportq.output.outcome import Outcome
from supportq.store.change import Done
from supportq.store.changes import Record
from supportq.work.undo import Undone

MOST = 8
"""Differences that are told one by one; more are counted."""

LISTED = 20


def listed_changes(desk: Desk, found: Iterable[Record], caption: str) -> Outcome:
    """Return the first of some changes as a table."""
    from supportq.work.changes import Reader, changes_table

    reader = Reader(desk.queue, desk.now, desk.zone)
    return Outcome(table=changes_table(islice(found, LISTED), reader, caption=caption))


def taken_back(desk: Desk, undone: Undone, participle: str, way_back: str) -> Outcome:
    """Return what became of a change, in the words of its tickets, and how to go back on it."""
    record, done = undone.record, undone.done
    what = f"change {record.id} ({record.verb}, by {record.actor})"
    if desk.options.dry_run:
        note = f"Dry run: {what} would be {participle}; nothing was changed."
        return Outcome(table=difference_table(done), notes=(*done.warnings, note), touched=done.touched)
    note = f"{what[:1].upper()}{what[1:]} {participle}. Back: supportq {way_back}"
    return Outcome(notes=(*done.warnings, *_told(done), note), touched=done.touched)


def _told(done: Done) -> Iterator[str]:
    for found in done.differences[:MOST]:
        yield f"{found.ticket_id}: {found.field} {found.before or 'none'} -> {found.after or 'none'}"
    if len(done.differences) > MOST:
        yield f"and {len(done.differences) - MOST} more differences in {len(done.touched)} tickets"
