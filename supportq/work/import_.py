"""Import inquiries: a batch is one transaction, all batches are one change; what is there already is left alone.

An import that was interrupted goes on, when it is run again, in the change that it had begun.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from supportq.errors import ExitCode, SupportqError
from supportq.intake.fields import Field
from supportq.intake.inquiry import Entry, Reject
from supportq.intake.mailfiles import SOURCE as MAIL
from supportq.intake.opening import Opened
from supportq.intake.reading import Reading
from supportq.intake.rejects import RejectFile
from supportq.intake.source import Source
from supportq.model.customer import Customer
from supportq.model.ticket import Status
from supportq.rules.engine import merged
from supportq.store import changes, sources
from supportq.store.change import Change, Writer
from supportq.store.export import is_export
from supportq.store.queue import Queue
from supportq.work.door import Arrived, Door
from supportq.work.habits import Habits, opens
from supportq.work.known import Row, completed, is_outdated, others
from supportq.work.learned import learn, lessons
from supportq.work.renew import renew
from supportq.work.speaking import begun_by_messages, begun_under, ticketless
from supportq.work.tally import Manner, OnDuplicate, Tally
from supportq.work.trail import Trail
from supportq.work.triage import rule

VERB = "import"

BATCH = 500
"""Rows in one transaction: another writer waits for no more than that."""

LARGEST_BATCH = 16 << 20
"""Bytes of mail in one transaction, so that memory does not grow with the attachments."""

_WARNINGS = 10

_HELD = 3


class TooManyRejects(SupportqError):
    """More rows were rejected than the person allowed."""

    exit_code = ExitCode.REJECTED


class WholeQueue(SupportqError):
    """An export of ours where inquiries were looked for."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is no file of inquiries but a whole queue, with its numbers, settings and history",
            f"make a queue of it: supportq init FILE --from {name}",
        )


def refuse_queues(source: Source, name: str) -> None:
    """Raise WholeQueue for an export of ours: its numbers and settings can't go into a queue that has its own.

    The name is what a person called it by, packed or not.
    """
    if is_export(source.head(64)):
        raise WholeQueue(name)


def import_inquiries(
    writer: Writer, reading: Opened, rejects: RejectFile, manner: Manner, tally: Tally
) -> Iterator[Tally]:
    """Take in all rows of a file; yield the tally after each batch, which is then there to stay.

    An import that was interrupted goes on when it is run again, and one that was complete changes nothing.
    """
    is_full = isinstance(reading, Reading) and reading.recognised.profile.follows
    manner = replace(
        manner, refers_to=reading.refers_to, lost=reading.lost, is_of_tickets=not reading.goes_on, is_full=is_full
    )
    manner = replace(manner, begun_under=begun_under(reading))
    trail = Trail.of(reading.source, tally.passed)
    for rows in _batches(reading):
        bad = [row for row in rows if isinstance(row, Reject)]
        for reject in bad:
            rejects.add(reject)
        tally.rejected += len(bad)
        _check_rejects(tally.all_rejected, manner.max_rejects, rows[-1].line)
        entries = [row for row in rows if isinstance(row, Entry)]
        trail.pass_by(entries)
        if entries:
            for reject in _take_in(writer, trail, entries, manner, tally):
                rejects.add(reject)
        if not tally.change_id:
            _go_on(writer, trail, tally)
        yield tally
    if manner.habits and tally.continued:
        _rule_again(writer, manner.habits, tally)
        yield tally


def complete(writer: Writer, tally: Tally) -> None:
    """Note that all files of an import were read to their ends, so that nothing goes on with it."""
    if tally.change_id:
        with writer.queue.writing(dry_run=writer.dry_run) as connection:
            changes.keep_mark(connection, tally.change_id, None)


def _go_on(writer: Writer, trail: Trail, tally: Tally) -> None:
    """Go on with the change of an earlier run that came just as far, and with all that it has not done yet."""
    connection = writer.queue.connection
    tally.change_id = tally.resumed = changes.find_begun(connection, VERB, writer.actor, trail.mark)
    if tally.resumed:
        tally.continued |= changes.told_more(connection, tally.resumed)


def _batches(rows: Iterable[Entry | Reject]) -> Iterator[Sequence[Entry | Reject]]:
    batch: list[Entry | Reject] = []
    size = 0
    for row in rows:
        batch.append(row)
        size += len(row.inquiry.original or b"") if isinstance(row, Entry) else 0
        if len(batch) == BATCH or size > LARGEST_BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _check_rejects(count: int, most: int | None, line: int) -> None:
    if most is not None and count > most:
        raise TooManyRejects(
            f"{count:,} rows were rejected by line {line:,}, more than the {most:,} that are allowed",
            "the rows of the batches before are in; mend the file and run the same command again",
        )


def _take_in(writer: Writer, trail: Trail, entries: Sequence[Entry], manner: Manner, tally: Tally) -> Sequence[Reject]:
    """Take in a batch in one transaction, and count it once it is stored; return the rows that can't be taken over."""
    with writer.change(VERB, goes_on=tally.change_id) as change:
        known = sources.known(change.queue.connection, trail.source, [entry.inquiry.key or "" for entry in entries])
        begun = begun_by_messages(change.queue, manner.begun_under, entries, known)
        fresh, again, same = sorted_out(entries, known | begun)
        change.load(known.ticket_id for _, known in again)
        of_others = others(change.queue, again)
        tally.foreign.update(of_others)
        astray = [entry for entry in fresh if entry.inquiry.thread in tally.foreign]
        lost = [entry for entry in fresh if entry.inquiry.thread in manner.lost - tally.foreign]
        fresh = [entry for entry in fresh if entry.inquiry.thread not in tally.foreign | manner.lost]
        _refuse(again, manner.on_duplicate)
        renewed = renewable(change.queue, again, of_others, manner.on_duplicate, begun)
        held = [row for row in again if row not in renewed]
        tally.withheld.update(entry.inquiry.key or "" for entry, _ in held)
        fresh = [as_said(entry) if entry.inquiry.thread in tally.withheld else entry for entry in fresh]
        renewal = renew(change, trail.source, renewed, of_others)
        rejects = [*renewal.rejects, *map(strayed, astray), *map(ticketless, lost)]
        _check_rejects(tally.all_rejected + len(rejects), manner.max_rejects, entries[-1].line)
        taught = lessons(change.queue, same) if manner.on_duplicate is OnDuplicate.UPDATE else ()
        learn(change, taught)
        arrived = _arrived(change, trail.source, fresh, manner)
        done = change.store()
        if done.change_id:
            changes.keep_mark(change.queue.connection, done.change_id, trail.mark)
    new = [each for each in arrived if each.is_new]
    tally.change_id = done.change_id or tally.change_id
    tally.imported += len(new)
    tally.opened += sum(opens(merged(each.steps)) for each in new)
    tally.threaded += len(arrived) - len(new)
    tally.unsure += doubtful(fresh)
    tally.continued.update(each.ticket for each in arrived if not each.is_new)
    tally.rejected += len(rejects)
    tally.updated += len(renewed) + len(taught) - len(renewal.rejects) - renewal.alike
    if manner.on_duplicate is OnDuplicate.UPDATE:
        tally.outdated += len(held)
    else:
        tally.differing += len(held)
    tally.held += [(entry.inquiry.key or "", known.ticket_id) for entry, known in held][: _HELD - len(tally.held)]
    tally.unchanged += len(entries) - len(astray) - len(lost) - len(arrived) - len(again) - len(taught) + renewal.alike
    tally.warnings += done.warnings[: _WARNINGS - len(tally.warnings)]
    if new:
        tally.new.append(range(new[0].ticket, new[-1].ticket + 1))
    return rejects


def strayed(entry: Entry) -> Reject:
    """Return a row that would go on with the ticket of another customer, as a reject."""
    reason = f'it goes on with "{entry.inquiry.thread}", which is known as another customer\'s: --source NAME'
    return Reject(entry.line, reason, entry.cells)


def doubtful(entries: Iterable[Entry]) -> Counter[str]:
    """Count what may have been an answer, by who wrote it, as far as the file names somebody whom nobody knows here."""
    unsure = (dict(entry.inquiry.facts) for entry in entries if entry.inquiry.is_unsure)
    return Counter(facts.get(Field.AUTHOR.value, "") for facts in unsure)


def as_said(entry: Entry) -> Entry:
    """Return a row as the mere words of its ticket, which is not to become what it is elsewhere."""
    inquiry = replace(entry.inquiry, status=None, resolved_at=None, wake_at=None, rating=None)
    return entry._replace(inquiry=inquiry)


def _rule_again(writer: Writer, habits: Habits, tally: Tally) -> None:
    """Let the rules decide about tickets that are still new and were told more than the rules had read."""
    with writer.change(VERB, goes_on=tally.change_id) as change:
        tickets = sorted(tally.continued)
        change.load(tickets)
        undecided = [number for number in tickets if change.ticket(number).status is Status.NEW]
        rule(change, habits, undecided)
        new = set(tally.all_tickets)
        tally.opened += sum(change.ticket(number).status is not Status.NEW for number in new.intersection(undecided))
        change.store()


def sorted_out(
    entries: Iterable[Entry], known: Mapping[str, sources.Known]
) -> tuple[list[Entry], list[Row], list[Row]]:
    """Return the rows that are new, and those that were imported before: with other words now, or with the same."""
    fresh: dict[str, Entry] = {}
    again: list[Row] = []
    same: dict[str, Row] = {}
    for entry in entries:
        key = entry.inquiry.key or ""
        if key not in known:
            fresh.setdefault(key, entry)
        elif known[key].digest != entry.digest:
            again.append((entry, known[key]))
        else:
            same[key] = (entry, known[key])
    return list(fresh.values()), again, list(same.values())


def renewable(
    queue: Queue,
    again: Sequence[Row],
    of_others: Mapping[str, Customer],
    on_duplicate: OnDuplicate,
    begun: Collection[str] = (),
) -> Sequence[Row]:
    """Return the rows by which tickets are renewed: all newer ones where wanted, else those with words for a list.

    The first row of a ticket that was `begun` by its messages always renews it.
    """
    if on_duplicate is OnDuplicate.UPDATE:
        return [row for row in again if not is_outdated(queue, row)]
    first = [row for row in again if row[0].inquiry.key in begun]
    if on_duplicate is not OnDuplicate.HOLD:
        return first
    later = [row for row in again if row[0].inquiry.key not in begun]
    return [*first, *completed(queue, [row for row in later if row[0].inquiry.key not in of_others])]


def _refuse(rows: Sequence[Row], on_duplicate: OnDuplicate) -> None:
    """Raise SupportqError at the first row that was imported before and differs, where that is wanted."""
    if on_duplicate is OnDuplicate.FAIL and rows:
        entry, known = rows[0]
        raise SupportqError(
            f"line {entry.line:,} was imported before, as ticket {known.ticket_id}, and says something else now",
            "leave such rows as they were: --on-duplicate skip      take them over: --on-duplicate update",
        )


def _arrived(change: Change, source: str, entries: Sequence[Entry], manner: Manner) -> list[Arrived]:
    """Take in rows or mails that are new."""
    if source == MAIL:
        from supportq.work.mailroom import take_mails

        return take_mails(change, entries, manner.habits, is_live=False)
    inquiries = [entry.inquiry for entry in entries]
    door = Door.open(change, inquiries, source=source, habits=manner.habits, refers_to=manner.refers_to)
    door.is_full = manner.is_full
    if manner.is_of_tickets:
        door.head(inquiries)
    arrived = [door.take(inquiry, digest=entry.digest) for entry, inquiry in zip(entries, inquiries, strict=True)]
    for each, inquiry in zip(arrived, inquiries, strict=True):
        if each.is_new and inquiry.copied:
            door.join(each.ticket, inquiry.copied, inquiry.at or change.now)
    door.shut()
    return arrived
