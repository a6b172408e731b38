"""What --dry-run shows of an import: how its files are read, and what would become of their rows."""

from collections.abc import Iterator, Sequence
from typing import Any

from supportq.commands.remarks import doubts, remarks
from supportq.desk import Desk
from supportq.errors import ExitCode
from supportq.intake.columns import Why
from supportq.intake.mailfiles import SOURCE as MAIL
from supportq.intake.opening import Batch, Opened
from supportq.model.customer import Customer
from supportq.model.table import Cell, Column, Kind, Row, Table
from supportq.model.title import cut
from supportq.output.outcome import Block, Facts, Outcome, Page
from supportq.work.habits import Habits, changes_of
from supportq.work.import_plan import Plan, Sample, plan_import
from supportq.work.tally import Manner


def planned(desk: Desk, batch: Batch, manner: Manner) -> Outcome:
    """Show how each file is read, a few tickets as they would look, and how many there would be; write nothing."""
    plans: list[Plan] = []
    sources: list[str] = []
    for reading in batch.readings:
        plans.append(plan_import(desk.queue, reading, manner.on_duplicate, plans[-1] if plans else None))
        sources += [reading.source] * (len(plans[-1].samples) - len(sources))
    parts = list(zip(batch.readings, plans, strict=True))
    tickets = [
        _ticket(sample, manner.habits, desk, source) for sample, source in zip(plans[0].samples, sources, strict=True)
    ]
    blocks = [_columns(reading, batch) for reading in batch.readings if reading.columns]
    blocks += [
        Block(f"{'Mail' if source == MAIL else 'Ticket'} {place}", body=Facts(_TICKET, _in_brief(cells)))
        for place, (cells, source) in enumerate(zip(tickets, sources, strict=False), 1)
    ]
    blocks += [_rejects(reading, plan, batch) for reading, plan in parts if plan.rejects]
    files = [_file(reading, plan) for reading, plan in parts]
    samples = {"samples": [_record(_TICKET, cells) for cells in tickets]}
    is_short = any(plan.rejected or plan.outdated or (manner.is_held and plan.differing) for plan in plans)
    return Outcome(
        page=Page(
            f"What importing {_names(batch)} would do",
            tuple(blocks),
            files[0] | samples if len(files) == 1 else {"files": files} | samples,
        ),
        notes=(
            *remarks(batch.readings),
            *doubts(plan.unsure for plan in plans),
            *left(batch),
            *_expected(parts),
        ),
        exit_code=ExitCode.REJECTED if is_short or batch.left else ExitCode.DONE,
    )


def _names(batch: Batch) -> str:
    if len(batch.readings) > _NAMED:
        return f"{len(batch.readings):,} files"
    *others, last = [reading.name for reading in batch.readings]
    return f"{', '.join(others)} and {last}" if others else last


def left(batch: Batch) -> Iterator[str]:
    """Yield what lay beside the tables of an archive or a folder, and why it was not read."""
    for each in batch.left[:_LEFT]:
        yield f"not read: {each.name}: {each.reason}"
        yield from (f"  {cure}" for cure in each.cures)
    if len(batch.left) > _LEFT:
        yield f"not read: {len(batch.left) - _LEFT:,} more files"


def _columns(reading: Opened, batch: Batch) -> Block:
    heading = f"Columns of {reading.name}" if len(batch.readings) > 1 else "Columns"
    read = [(header, target, why) for header, target, why in _columns_of(reading) if why != Why.UNKNOWN]
    others = len(_columns_of(reading)) - len(read)
    return Block(heading, f"{others:,} more are kept as facts: --explain" if others else "", Table(_COLUMNS, read))


def _columns_of(reading: Opened) -> list[Row]:
    return [(column.header, str(column.target), column.why.value) for column in reading.columns]


def _rejects(reading: Opened, plan: Plan, batch: Batch) -> Block:
    heading = f"Rejects of {reading.name}" if len(batch.readings) > 1 else "Rejects"
    return Block(heading, _more(plan), Table(_REJECTS, _rejects_of(plan)))


def _rejects_of(plan: Plan) -> list[Row]:
    return [(reject.line, reject.reason) for reject in plan.rejects]


def _file(reading: Opened, plan: Plan) -> dict[str, Any]:
    """Return what is foreseen of one file, as a record for programs."""
    return {
        "file": reading.name,
        "new": plan.new,
        "updated": plan.updated,
        "differing": plan.differing,
        "outdated": plan.outdated,
        "unchanged": plan.unchanged,
        "rejected": plan.rejected,
        "columns": [_record(_COLUMNS, cells) for cells in _columns_of(reading)],
        "rejects": [_record(_REJECTS, cells) for cells in _rejects_of(plan)],
    }


def _expected(parts: Sequence[tuple[Opened, Plan]]) -> Iterator[str]:
    if len(parts) == 1:
        yield f"dry run: {_said_of(*parts[0])}; nothing was changed"
        return
    yield from (f"dry run: {reading.name}: {_said_of(reading, plan)}" for reading, plan in parts)
    yield "dry run: nothing was changed"


def _said_of(reading: Opened, plan: Plan) -> str:
    is_mail = reading.source == MAIL
    counts = (
        (plan.new - plan.threaded, f"would be imported{_MAILED * is_mail}"),
        (plan.threaded, "would be added to their tickets"),
        (plan.updated, "would be updated"),
        (plan.differing, "known with other words (another source: --source; newer: --on-duplicate update)"),
        (plan.outdated, "older than what an earlier file said"),
        (plan.unchanged, "in the queue already"),
        (plan.rejected, "would be rejected"),
    )
    return ", ".join(f"{count:,} {what}" for count, what in counts if count) or "no rows"


def _more(plan: Plan) -> str:
    hidden = plan.rejected - len(plan.rejects)
    return f"and {hidden:,} more" if hidden else ""


def _record(columns: tuple[Column, ...], cells: Row) -> dict[str, Cell]:
    return {column.key: cell for column, cell in zip(columns, cells, strict=True)}


def _ticket(sample: Sample, habits: Habits | None, desk: Desk, source: str) -> Row:
    """Return an inquiry as the ticket that it would become, in the order of _TICKET."""
    inquiry = sample.inquiry
    who = Customer(0, inquiry.person.name, inquiry.person.addresses, inquiry.person.organisation)
    at = inquiry.at or desk.now
    ruled = changes_of(habits.about_inquiry(inquiry, 0, at, who, source=source)) if habits else {}
    label = " ".join((who.name, *(f"<{address.value}>" for address in who.addresses))).strip()
    return (
        inquiry.subject,
        label,
        who.organisation,
        at,
        inquiry.channel,
        inquiry.status,
        ruled.get("priority", inquiry.priority),
        ruled.get("team", inquiry.team),
        ruled.get("line", inquiry.line),
        ruled.get("assignee", inquiry.assignee),
        ruled.get("category", inquiry.category),
        ruled.get("language", inquiry.language),
        tuple(sorted({*inquiry.tags, *ruled.get("tags_added", ())})),
        tuple(f"{name}={value}" for name, value in (*inquiry.fields, *inquiry.facts)),
        inquiry.thread,
        inquiry.answered_at if inquiry.body else None,
        inquiry.resolved_at,
        inquiry.wake_at,
        inquiry.key,
        inquiry.body,
        tuple(f"{said.direction}: {said.title}" for said in sample.then[:_THEN]),
    )


def _in_brief(cells: Row) -> Row:
    """Return a ticket with no more of its fields and words than a person looks at."""
    return tuple(_first(cell) if column.key in _LONG else cell for column, cell in zip(_TICKET, cells, strict=True))


def _first(told: Cell) -> Cell:
    if isinstance(told, str):
        return cut(told, _LETTERS)
    if not isinstance(told, tuple) or len(told) <= _FIELDS:
        return told
    return (*(cut(str(each), _LETTERS) for each in told[:_FIELDS]), f"and {len(told) - _FIELDS:,} more")


_MAILED = ", each to the ticket that it answers or to one of its own"
_THEN = 5
_FIELDS = 6
_LETTERS = 300
_LONG = frozenset({"fields", "body"})
_NAMED = 3
_LEFT = 5
_COLUMNS = (Column("column", "Column"), Column("field", "Read as"), Column("why", "Why"))
_REJECTS = (Column("line", "Line", Kind.NUMBER), Column("reason", "Reason", wide=True, whole=True))
_TICKET = (
    Column("subject", "Subject"),
    Column("customer", "Customer"),
    Column("organisation", "Organisation"),
    Column("created", "Came in", Kind.MOMENT),
    Column("channel", "Channel"),
    Column("status", "Status"),
    Column("priority", "Priority"),
    Column("team", "Team"),
    Column("line", "Line", Kind.NUMBER),
    Column("agent", "Agent"),
    Column("category", "Category"),
    Column("language", "Language"),
    Column("tags", "Tags", Kind.LIST),
    Column("fields", "Fields", Kind.LIST),
    Column("thread", "Goes on with"),
    Column("answered", "Answered", Kind.MOMENT),
    Column("resolved", "Resolved", Kind.MOMENT),
    Column("wakes", "Waits until", Kind.MOMENT),
    Column("key", "Key"),
    Column("body", "Message"),
    Column("then", "Then", Kind.LIST),
)
