"""Changes as a table: who changed what, and when, newest first."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, tzinfo

from supportq.model.table import Column, Kind, Row, Table
from supportq.store import histories
from supportq.store.changes import Record, count_created, events_of
from supportq.store.queue import Queue
from supportq.values import dataclass
from supportq.work.story import told

COLUMNS = (
    Column("id", "Change", Kind.NUMBER),
    Column("at", "When", Kind.MOMENT),
    Column("agent", "Agent"),
    Column("verb", "Command"),
    Column("tickets", "Tickets", Kind.TICKETS),
    Column("told", "What", wide=True),
    Column("reason", "Reason", shown=False),
    Column("count", "Count", Kind.NUMBER, shown=False),
    Column("takes_back", "Takes back", Kind.NUMBER, shown=False),
    Column("undone_by", "Undone by", Kind.NUMBER, shown=False),
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Where and when changes are read; `tickets` are those that they are told about, None for the first of each."""

    queue: Queue
    now: datetime
    zone: tzinfo
    tickets: Sequence[int] | None = None


def changes_table(records: Iterable[Record], reader: Reader, *, caption: str = "") -> Table:
    """Return changes as a table, a row as it is asked for."""
    return Table(COLUMNS, _rows(records, reader), caption=caption)


def tell(record: Record, reader: Reader) -> str:
    """Tell in a few words what a change did, to the first of its tickets where it touched several but created none."""
    if record.version is not None:
        return f"settings version {record.version}"
    if record.ticket_count > 1 and not reader.tickets:
        created = count_created(reader.queue.connection, record.id)
        if created:
            return f"{created:,} created{' (unfinished)' if record.is_unfinished else ''}"
    events = events_of(reader.queue.connection, record.id, _told_about(record, reader) or 0)
    return told(events, now=reader.now, zone=reader.zone)


def _rows(records: Iterable[Record], reader: Reader) -> Iterator[Row]:
    for record in records:
        said = [tell(record, reader), *([record.reason] if record.reason else [])]
        fate = f" (undone by {record.taken_back_by})" if record.taken_back_by else ""
        yield (
            record.id,
            record.at,
            record.actor,
            record.verb,
            _tickets(record, reader),
            ": ".join(said) + fate,
            record.reason,
            record.ticket_count,
            record.takes_back,
            record.taken_back_by,
        )


def _tickets(record: Record, reader: Reader) -> tuple[int, ...]:
    """Return the tickets of a change, before all the one by which it is told."""
    first = _told_about(record, reader)
    if first is None:
        return ()
    touched = histories.tickets_of_changes(reader.queue.connection, [record.id]) if record.ticket_count > 1 else ()
    return (first, *(ticket for ticket, _ in touched if ticket != first))


def _told_about(record: Record, reader: Reader) -> int | None:
    """Return the ticket by which a change is told: one of those asked about, else its first."""
    if not reader.tickets:
        return record.first_ticket
    return next((n for n in reader.tickets if events_of(reader.queue.connection, record.id, n)), record.first_ticket)
