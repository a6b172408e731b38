"""What an import shows: a bar while it runs, what it did, and with --dry-run what it would do."""

import re
from collections.abc import Iterator
from json import dumps
from pathlib import Path
from shlex import quote
from time import monotonic

from supportq.desk import Desk
from supportq.errors import ExitCode, first_few
from supportq.intake.fields import Field
from supportq.intake.opening import Opened
from supportq.intake.reading import Reading
from supportq.intake.rejects import RejectFile
from supportq.model.customer import Customer
from supportq.model.table import Cell, Column, Kind, Row, Table
from supportq.model.text import tokens
from supportq.model.title import cut
from supportq.output.outcome import Block, Facts, Outcome, Page
from supportq.output.progress import progress
from supportq.work.habits import Habits, changes_of
from supportq.work.import_ import Manner, Tally, import_inquiries
from supportq.work.import_plan import Plan, Sample, plan_import


def carried_out(desk: Desk, reading: Opened, manner: Manner, reject_path: Path) -> Outcome:
    """Import the rows, and say what became of them; Ctrl-C drops the batch in hand."""
    tally, begun = Tally(), monotonic()
    rejects = RejectFile(reject_path, reading.table.header or reading.table.columns, reading.table.delimiter)
    try:
        with rejects, progress("importing", reading.total_bytes, desk.streams) as report:
            for done in import_inquiries(desk.machine, reading, rejects, manner, tally):
                report(done.rows, reading.position)
    except KeyboardInterrupt:
        told = f"Interrupted; the same command goes on from there.{f' {_undo(tally)}' if tally.change_id else ''}"
        notes = (*_counts(tally, rejects, reading.unit), told)
        return Outcome(notes=notes, touched=(), exit_code=ExitCode.INTERRUPTED)
    seconds = monotonic() - begun
    counts = (*_counts(tally, rejects, reading.unit), *_held(tally, manner, reading))
    is_short = tally.rejected or tally.outdated or (manner.is_held and tally.differing)
    return Outcome(
        notes=(
            *_form(reading),
            *_sheets(reading),
            *_zones(reading),
            *_undated(reading),
            *_silence(reading),
            *_strangers(reading),
            *tally.warnings,
            *counts,
            *_equals(tally, reading),
            *_hints(tally, seconds, manner, reading.unit),
        ),
        amiss=counts if is_short else (),
        touched=tuple(tally.tickets) if desk.options.format else (),
        exit_code=ExitCode.REJECTED if is_short else ExitCode.DONE,
    )


def _form(reading: Opened) -> Iterator[str]:
    if isinstance(reading, Reading) and reading.recognised.profile.is_foreign:
        yield f"read as {reading.recognised.profile.title} (why: --explain)"


def _sheets(reading: Opened) -> Iterator[str]:
    if unread := reading.table.unread:
        yield f"only the sheet {reading.table.sheet} was read, not {first_few(unread, between=', ')}: save each as CSV to import it too"


def _zones(reading: Opened) -> Iterator[str]:
    if isinstance(reading, Reading) and reading.zoneless:
        columns = ", ".join(reading.zoneless)
        yield f"times without a zone in {columns} were read as {reading.zone} (another: --tz ZONE)"


def _undated(reading: Opened) -> Iterator[str]:
    """Say how many rows come in as of this moment since they name none, which falsifies what is counted by days."""
    undated = reading.survey.undated
    if not undated or not isinstance(reading, Reading):
        return
    rows = "1 row names" if undated == 1 else f"{undated:,} rows name"
    if at := reading.columns.of(Field.AT):
        yield f'{rows} no time in "{at[0].header}": read as come in now (once imported, undo and fill it in)'
    else:
        yield 'no column was read as when it came in, so all came in now: --map "COLUMN=at" (once imported, undo first)'


def _silence(reading: Opened) -> Iterator[str]:
    """Say that nothing of a table of any form was read as the words of a message, which a second import can't add."""
    if (
        isinstance(reading, Reading)
        and not reading.recognised.profile.is_foreign
        and not reading.columns.of(Field.BODY)
    ):
        yield 'no column was read as the message; if one is: --map "COLUMN=body" (once imported, undo first)'


def _strangers(reading: Opened) -> Iterator[str]:
    """Name the agents and teams that the settings lack, how to have them, and how they get what is theirs then."""
    if not isinstance(reading, Reading):
        return
    words = reading.words
    for what, unknown in (("agent", (*words.agents.unknown, *words.authors.unknown)), ("team", words.teams.unknown)):
        if names := list(dict.fromkeys(unknown)):
            told = first_few([cut(name, _KEY) for name in names], between=", ")
            yield f"not known here, so kept as facts: the {what}{'s' * (len(names) > 1)} {told}"
            for name in names[:_HINTED]:
                yield f"  to have it: {_way_to_have(what, name)}"
    if any((words.agents.unknown, words.authors.unknown, words.teams.unknown)):
        yield "  once imported, they get what is theirs by the same import with --on-duplicate update"


def _way_to_have(what: str, name: str) -> str:
    """Return how the settings get an agent or a team of that name, or an agent of that address."""
    if "@" in name:
        return f"an agent with email = {name} by supportq config edit"
    value = name if tokens(name) and not name[0].isdigit() else dumps(name, ensure_ascii=False)
    return f"supportq config set {what}s.{'-'.join(tokens(name)) or 'NAME'}.name {quote(value)}"


def _counts(tally: Tally, rejects: RejectFile, unit: str) -> Iterator[str]:
    counts = (
        (tally.imported, "imported"),
        (tally.threaded, "added to earlier tickets"),
        (tally.updated, "updated"),
        (tally.unchanged, "unchanged"),
        (tally.differing, "not taken, since they are known with other words"),
        (tally.outdated, "not taken, since an earlier file was newer"),
        (tally.rejected, f"rejected, see {rejects.path}"),
    )
    said = [f"{count:,} {what}" for count, what in counts if count]
    rows = f"{tally.rows:,} {unit}{'' if tally.rows == 1 else 's'}"
    yield f"{rows}: {', '.join(said)}." if said else f"No {unit}s."
    if rejects.kept:
        yield f"The earlier {rejects.path} said something else and is now {rejects.kept}"


def _equals(tally: Tally, reading: Opened) -> Iterator[str]:
    """Say of mended rejects without a key that rows which are in already say the same, which may be a coincidence."""
    if tally.unchanged and reading.table.mended and isinstance(reading, Reading) and not reading.columns.of(Field.KEY):
        yield "What is unchanged says the same as rows that are in; to have it beside them: --source NAME"


def _held(tally: Tally, manner: Manner, reading: Opened) -> Iterator[str]:
    """Yield which rows were held back, and the two ways to have them."""
    if not (manner.is_held and tally.held):
        return
    known = ", ".join(f"{cut(key, _KEY)} (ticket {ticket:,})" for key, ticket in tally.held)
    more = f" and {tally.differing - len(tally.held):,} more" if tally.differing > len(tally.held) else ""
    yield f'Known as "{reading.source}" already: {known}{more}'
    other = f"  the file of another desk or shop: --source {_own_source(reading)}"
    newer = "  a newer file of the same: --on-duplicate update, or skip to leave them as they are"
    yield from (other, newer) if tally.foreign else (newer, other)


def _own_source(reading: Opened) -> str:
    """Return a name for the source of a file that has the keys of another."""
    name = Path(reading.name).stem
    return name if _PLAIN.fullmatch(name) and name != reading.source else "NAME"


def _hints(tally: Tally, seconds: float, manner: Manner, unit: str) -> Iterator[str]:
    if manner.habits and tally.imported:
        left = tally.imported - tally.opened
        rest = f"; {left:,} left to decide: supportq triage" if left else ""
        yield f"The rules found a team or an agent for {tally.opened:,}{rest}"
    if tally.resumed:
        yield f"It went on with the import that was interrupted, change {tally.resumed}"
    if tally.change_id:
        rate = f" ({tally.rows / seconds:,.0f} {unit}s a second)" if tally.rows >= 1000 else ""
        took = f"It took {seconds:.1f} s{rate}. " if seconds >= 1 else ""
        yield f"{took}{_undo(tally)}"


def _undo(tally: Tally) -> str:
    """Return how to take an import back; one that was gone on with need not be the last change any more."""
    return f"Undo: supportq undo{f' {tally.resumed}' if tally.resumed else ''}"


def planned(desk: Desk, reading: Opened, manner: Manner) -> Outcome:
    """Show how the file is read, a few tickets as they would look, and how many there would be; write nothing."""
    plan = plan_import(desk.queue, reading, manner.on_duplicate)
    columns = [(column.header, str(column.target), column.why.value) for column in reading.columns]
    tickets = [_ticket(sample, manner.habits, desk, reading.source) for sample in plan.samples]
    rejects = [(reject.line, reject.reason) for reject in plan.rejects]
    blocks = [Block("Columns", body=Table(_COLUMNS, columns))] if columns else []
    blocks += [Block(f"Ticket {place}", body=Facts(_TICKET, cells)) for place, cells in enumerate(tickets, 1)]
    blocks += [Block("Rejects", _more(plan), Table(_REJECTS, rejects))] if rejects else []
    record = {
        "new": plan.new,
        "updated": plan.updated,
        "differing": plan.differing,
        "outdated": plan.outdated,
        "unchanged": plan.unchanged,
        "rejected": plan.rejected,
        "columns": [_record(_COLUMNS, cells) for cells in columns],
        "samples": [_record(_TICKET, cells) for cells in tickets],
        "rejects": [_record(_REJECTS, cells) for cells in rejects],
    }
    return Outcome(
        page=Page(f"What importing {reading.name} would do", tuple(blocks), record),
        notes=(
            *_form(reading),
            *_sheets(reading),
            *_zones(reading),
            *_undated(reading),
            *_silence(reading),
            *_strangers(reading),
            _expected(plan),
        ),
        exit_code=ExitCode.REJECTED
        if plan.rejected or plan.outdated or (manner.is_held and plan.differing)
        else ExitCode.DONE,
    )


def _expected(plan: Plan) -> str:
    counts = (
        (plan.new, "would be imported"),
        (plan.updated, "would be updated"),
        (plan.differing, "known with other words (another source: --source; newer: --on-duplicate update)"),
        (plan.outdated, "older than what an earlier file said"),
        (plan.unchanged, "in the queue already"),
        (plan.rejected, "would be rejected"),
    )
    said = ", ".join(f"{count:,} {what}" for count, what in counts if count)
    return f"dry run: {said or 'no rows'}; nothing was changed"


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
        inquiry.answered_at,
        inquiry.resolved_at,
        inquiry.wake_at,
        inquiry.key,
        inquiry.body,
        tuple(f"{said.direction}: {said.title}" for said in sample.then[:_THEN]),
    )


_THEN = 5
_KEY = 24
_HINTED = 3
_PLAIN = re.compile(r"[\w.-]+")
_COLUMNS = (Column("column", "Column"), Column("field", "Read as"), Column("why", "Why"))
_REJECTS = (Column("line", "Line", Kind.NUMBER), Column("reason", "Reason", wide=True))
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
