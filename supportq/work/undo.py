"""Take back a change, or put it back: the history keeps both, and the fold leaves out what was taken back."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from supportq.errors import NotFound
from supportq.model.event import Kind, in_force
from supportq.store import changes, histories, sources, versions
from supportq.store.change import Change, Done, Writer
from supportq.store.changes import Record
from supportq.store.differences import Difference
from supportq.values import dataclass
from supportq.work.gone import check_nothing_left
from supportq.work.moves import Refused
from supportq.work.overtaken import Overtaken, overtaken

if TYPE_CHECKING:
    from supportq.settings.check import Checked
    from supportq.store.retarget import Act, Foreseen

_BATCH = 1000


Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Meant:
    """The change that is to be taken back, or put back, those that go with it, and how many tickets they touched."""

    record: Record
    later: tuple[int, ...]
    ticket_count: int


@dataclass(frozen=True, slots=True)
class Undone:
    """The change that was taken back, or put back, with those that went with it, and what is different by it."""

    record: Record
    done: Done
    later: tuple[int, ...] = ()
    overtaken: tuple[Overtaken, ...] = ()


def to_undo(writer: Writer, number: int | None = None, *, with_later: bool = False) -> Meant:
    """Return what undo would take back: a change, without a number the last deed of this agent that counts.

    Raises Refused where it was undone before, sent a mail, or would take away tickets that were worked on since, unless
    that work is to be taken back with it.
    """
    connection = writer.queue.connection
    record = changes.get_change(connection, number or _last_change(writer))
    _check_can_be_undone(writer, record)
    later = changes.later_work(connection, record.id)
    check_nothing_left(writer.queue, (record.id, *later))
    if later and not with_later:
        raise _worked_on(record, later)
    return _meant(writer, record, later)


def undo(
    writer: Writer, number: int | None = None, *, with_later: bool = False, report: Report = lambda _rows, _of: None
) -> Undone:
    """Take back what to_undo returns, and tell `report` how far that is."""
    record = to_undo(writer, number, with_later=with_later).record
    if record.version is not None:
        return _undo_settings(writer, record.id)
    with writer.change("undo", takes_back=record.id) as change:
        meant = to_undo(writer, record.id, with_later=with_later)
        undone = _record(change, Kind.UNDONE, meant, report)
        changes.mark_taken_back(writer.queue.connection, record.id, by=change.id, later=meant.later)
        sources.mark_rows(writer.queue.connection, (record.id, *meant.later), counts=False)
        return undone


def to_redo(writer: Writer, number: int | None = None) -> Meant:
    """Return what redo would put back: by its own number or the undo's; without one, what this agent undid last.

    Raises Refused where that is not plain any more, since the agent changed something after it.
    """
    taker = _undo_of(writer, number)
    record = _undone_by(writer, taker)
    together = changes.taken_back_by(writer.queue.connection, taker.id)
    return _meant(writer, record, [each for each in together if each != record.id])


def redo(writer: Writer, number: int | None = None, *, report: Report = lambda _rows, _of: None) -> Undone:
    """Put back what to_redo returns, and tell `report` how far that is."""
    connection = writer.queue.connection
    taker = _undo_of(writer, number)
    if taker.version is not None:
        return _redo_settings(writer, taker)
    with writer.change("redo", takes_back=taker.id) as change:
        meant = to_redo(writer, taker.id)
        redone = _record(change, Kind.REDONE, meant, report)
        changes.mark_taken_back(connection, taker.id, by=change.id)
        sources.mark_rows(connection, (meant.record.id, *meant.later), counts=True)
        changes.mark_counting(connection, (meant.record.id, *meant.later))
        return redone


def _meant(writer: Writer, record: Record, later: Sequence[int]) -> Meant:
    count = histories.ticket_count(writer.queue.connection, (record.id, *later)) if later else record.ticket_count
    return Meant(record, tuple(later), count)


def _record(change: Change, kind: Kind, meant: Meant, report: Report) -> Undone:
    """Record that changes count no more, or again, for each ticket that they touched: some at a time, however many."""
    touched: list[int] = []
    differences: list[Difference] = []
    stays: list[Overtaken] = []
    numbers = (meant.record.id, *meant.later)
    tickets = histories.tickets_of_changes(change.queue.connection, numbers)
    for start in range(0, len(tickets), _BATCH):
        batch = tickets[start : start + _BATCH]
        change.load((ticket for ticket, _ in batch), undone=True)
        for ticket, taken in batch:
            stays += _record_one(change, kind, ticket, taken)
        done = change.store()
        touched += done.touched
        differences += done.differences
        change.tickets.clear()
        report(len(touched), len(touched))
    return Undone(meant.record, Done(change.id, tuple(touched), tuple(differences)), meant.later, tuple(stays))


def _record_one(change: Change, kind: Kind, ticket: int, numbers: Sequence[int]) -> Iterator[Overtaken]:
    """Record it for one ticket, and yield what makes no difference there."""
    before = in_force(change.history(ticket))
    for number in numbers:
        change.record(ticket, kind, change=number)
    after = in_force(change.history(ticket))
    return overtaken(before if kind is Kind.UNDONE else after, numbers)


def _undo_settings(writer: Writer, number: int) -> Undone:
    foreseen = _foresee(writer, changes.get_change(writer.queue.connection, number), "undo")
    with writer.queue.writing(dry_run=writer.dry_run) as connection:
        record = changes.get_change(connection, number)
        _check_can_be_undone(writer, record)
        done = _apply_the_one_before(writer, record, "undo", foreseen)
        changes.mark_taken_back(connection, number, by=done.change_id)
        return Undone(record, done)


def _redo_settings(writer: Writer, taker: Record) -> Undone:
    foreseen = _foresee(writer, taker, "redo")
    with writer.queue.writing(dry_run=writer.dry_run) as connection:
        taker = changes.get_change(connection, taker.id)
        record = _undone_by(writer, taker)
        done = _apply_the_one_before(writer, taker, "redo", foreseen)
        changes.mark_taken_back(connection, taker.id, by=done.change_id)
        changes.mark_counting(connection, (record.id,))
        return Undone(record, done)


def _foresee(writer: Writer, record: Record, verb: str) -> "Foreseen | None":
    """Work out, while nobody has to wait for it, what the settings before a change would do; None where they can't."""
    from supportq.store.retarget import foresee

    if record.taken_back_by is not None:
        return None
    _, checked, act = _the_one_before(writer, record, verb)
    return foresee(writer.queue, checked, act)


def _apply_the_one_before(writer: Writer, record: Record, verb: str, foreseen: "Foreseen | None") -> Done:
    """Apply the settings that were in force before a change, as a new version."""
    from supportq.store.retarget import apply_settings

    earlier, checked, act = _the_one_before(writer, record, verb)
    applied = apply_settings(writer.queue, checked, act, foreseen)
    moved = f"the clocks of {applied.moved:,} ticket{'s' * (applied.moved != 1)}" if applied.moved else "no clock"
    late = f", {applied.late:,} of which are late by it" if applied.late else ""
    told = f"settings version {applied.version} has the text of version {earlier} again, and moved {moved}{late}"
    return Done(applied.change_id, warnings=(told,))


def _the_one_before(writer: Writer, record: Record, verb: str) -> "tuple[int, Checked, Act]":
    """Return the version before a change, and how to apply it again; only the newest can be left so."""
    from supportq.settings.check import check
    from supportq.store.retarget import Act

    connection = writer.queue.connection
    ids = versions.version_ids(connection)
    version = record.version or 0
    if version == ids[0]:
        raise Refused("these settings came with the queue, and there are none before them", "change them: config edit")
    if version != ids[-1]:
        raise Refused(
            f"settings were applied after change {record.id}, and would be lost",
            f"go back all the same: supportq config show {ids[ids.index(version) - 1]} | supportq config apply -",
            "see what was applied since: supportq config history",
        )
    earlier = ids[ids.index(version) - 1]
    checked = check(versions.text_of(connection, earlier))
    return earlier, checked, Act(verb, writer.actor, writer.now, takes_back=record.id)


def _last_change(writer: Writer) -> int:
    record = next(changes.iter_deeds(writer.queue.connection, writer.actor), None)
    if record is None:
        raise NotFound(
            f"{writer.actor} changed nothing that could be undone",
            "see what others did, and what came in: supportq changes",
        )
    return record.id


def _check_can_be_undone(writer: Writer, record: Record) -> None:
    if record.takes_back is not None:
        raise _is_way_back(writer, record, record.takes_back)
    if record.taken_back_by is not None:
        raise Refused(
            f"change {record.id} was undone already, by change {record.taken_back_by}",
            f"put it back: supportq redo {record.id}",
        )


def _is_way_back(writer: Writer, record: Record, other: int) -> Refused:
    if record.verb == "undo":
        return Refused(f"change {record.id} took change {other} back", f"put that back: supportq redo {record.id}")
    undone = changes.get_change(writer.queue.connection, other).takes_back
    return Refused(f"change {record.id} put change {undone} back", f"take that back: supportq undo {undone}")


def _worked_on(record: Record, later: Sequence[int]) -> Refused:
    names = ", ".join(map(str, later[:10])) + (" and more" if len(later) > 10 else "")
    return Refused(
        f"change {record.id} created tickets that were worked on since, by change {names}",
        f"take that back with it: supportq undo {record.id} --with-later      see it: supportq changes",
    )


def _undo_of(writer: Writer, number: int | None) -> Record:
    """Return the undo that is meant: the last one, a named one, or the one that took back a named change."""
    connection = writer.queue.connection
    number = number or _last_undo(writer)
    record = changes.get_change(connection, number)
    if record.verb != "undo" and record.taken_back_by is not None:
        record = changes.get_change(connection, record.taken_back_by)
    if record.verb != "undo":
        raise Refused(f"change {number} was not undone, so there is nothing to put back", "see: supportq changes")
    return record


def _last_undo(writer: Writer) -> int:
    """Return this agent's last undo, unless a redo of it would reach behind newer work."""
    record = next(changes.iter_redoable(writer.queue.connection, writer.actor), None)
    if record is None or record.taken_back_by is None:
        raise NotFound(f"{writer.actor} has undone nothing that could be put back", "see: supportq changes")
    newer = next(changes.iter_deeds(writer.queue.connection, writer.actor), record)
    if newer.id > record.taken_back_by:
        raise Refused(
            f"change {newer.id} ({newer.verb}) came after the last undo, so name what to put back",
            f"such as: supportq redo {record.id} ({record.verb})      see all: supportq redo --list",
        )
    return record.taken_back_by


def _undone_by(writer: Writer, taker: Record) -> Record:
    if taker.taken_back_by is not None or taker.takes_back is None:
        raise Refused(
            f"change {taker.takes_back} was put back already, by change {taker.taken_back_by}", "see: supportq changes"
        )
    return changes.get_change(writer.queue.connection, taker.takes_back)
