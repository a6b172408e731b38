"""What undo and redo list, ask, and say when they are done."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice

from supportq.commands.written import difference_table
from supportq.desk import MANY, Desk
from supportq.output.outcome import Outcome
from supportq.output.progress import progress
from supportq.store.changes import TOOK_IN, Record, iter_undoable
from supportq.store.differences import Difference
from supportq.work.undo import Meant, Undone

MOST = 8
"""Differences that are told one by one; more are counted."""

LISTED = 20

_GOES = "Its mail is gone from the desk, and no fetch brings it by itself. To have it again"


def listed_changes(desk: Desk, found: Iterable[Record], caption: str) -> Outcome:
    """Return the first of some changes as a table."""
    from supportq.work.changes import Reader, changes_table

    reader = Reader(desk.queue, desk.now, desk.zone)
    most = LISTED if desk.options.limit is None else desk.options.limit or None
    return Outcome(table=changes_table(islice(found, most), reader, caption=caption))


def carried_out(desk: Desk, meant: Meant, verb: Callable[..., Undone]) -> Undone:
    """Undo or redo what is meant, after a yes where that touches many tickets."""
    if meant.ticket_count > MANY:
        what = _named(meant.record, len(meant.later))
        desk.confirm(f"{what} touched {meant.ticket_count:,} tickets", "look: add --dry-run      go on: add --yes")
    with progress("Tickets", meant.ticket_count, desk.streams) as report:
        return verb(desk.writer, meant.record.id, report=report)


def taken_back(desk: Desk, undone: Undone, participle: str, way_back: str) -> Outcome:
    """Return what became of a change, in the words of its tickets, and how to go back on it."""
    done, what = undone.done, _named(undone.record, len(undone.later))
    is_mail = undone.record.verb in TOOK_IN
    goes = (f"{_GOES}: supportq redo {undone.record.id}",) if is_mail and way_back == "redo" else ()
    stays = tuple(_capped(_stays(undone), "fields stay as others set them since"))
    if desk.options.dry_run:
        note = f"Dry run: {what} would be {participle}; nothing was changed."
        table = difference_table(done) if done.touched else None
        return Outcome(table=table, notes=(*done.warnings, *stays, *goes, note), touched=done.touched)
    told = _capped(_differences(undone), f"differences in {len(done.touched):,} tickets")
    number = f" {undone.record.id}" if is_mail else ""
    back = goes[0] if goes else f"Back: supportq {way_back}{number}"
    note = f"{what[:1].upper()}{what[1:]} {participle}. {back}"
    return Outcome(notes=(*done.warnings, *told, *stays, note), touched=done.touched)


def passed_over(desk: Desk, undone: Undone, outcome: Outcome) -> Outcome:
    """Say of an undo without a number what came in since by this agent's login, which stays."""
    newest = next(iter_undoable(desk.queue.connection, desk.agent), None)
    if newest is None or newest.verb not in TOOK_IN or newest.id < undone.record.id:
        return outcome
    note = f"What came in since stays, last by {_named(newest, 0)}: supportq undo {newest.id}"
    return replace(outcome, notes=(*outcome.notes, note))


def _named(record: Record, later: int) -> str:
    name = f"change {record.id} ({record.verb}, by {record.actor})"
    return f"{name} and {later:,} later one{'s' * (later > 1)}" if later else name


def _differences(undone: Undone) -> Iterator[str]:
    if not (undone.done.differences or undone.overtaken):
        yield from (f"{number}: only its conversation is different" for number in undone.done.touched)
    yield from map(_line, undone.done.differences)


def _stays(undone: Undone) -> Iterator[str]:
    for found in undone.overtaken:
        yield f"{found.ticket_id}: {found.field} stays {found.value or 'none'}, as {found.by} set it since"


def _capped(lines: Iterable[str], what: str) -> Iterator[str]:
    """Yield the first lines, and count the others."""
    known = iter(lines)
    yield from islice(known, MOST)
    more = sum(1 for _ in known)
    if more:
        yield f"and {more:,} more {what}"


def _line(found: Difference) -> str:
    """Return a difference in words; only a ticket that is not there has no status."""
    if found.field == "status" and not (found.before and found.after):
        return f"{found.ticket_id} is {'there' if found.after else 'gone'} again"
    return f"{found.ticket_id}: {found.field} {found.before or 'none'} -> {found.after or 'none'}"
