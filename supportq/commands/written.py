"""What a writer says when it is done."""

from supportq.desk import Desk
from supportq.model.table import Column, Kind, Table
from supportq.output.outcome import Outcome
from supportq.store.change import Done

_COLUMNS = (
    Column("id", "ID", Kind.NUMBER),
    Column("field", "Field"),
    Column("before", "Before"),
    Column("after", "After", wide=True),
)


def written(desk: Desk, done: Done, participle: str) -> Outcome:
    """Return the outcome of a writer: how many tickets, what to mind, how to undo."""
    rows = [(found.ticket_id, found.field, found.before, found.after) for found in done.differences]
    if desk.options.dry_run:
        return Outcome(
            table=Table(_COLUMNS, rows),
            notes=(*done.warnings, f"dry run: {len(done.touched)} would be {participle}; nothing was changed"),
            touched=done.touched,
        )
    summary = f"{_tickets(done.touched)} {participle}." if done.touched else "Nothing to do."
    undo = " Undo: supportq undo" if done.touched else ""
    return Outcome(notes=(*done.warnings, summary + undo), touched=done.touched)


def _tickets(numbers: tuple[int, ...]) -> str:
    return str(numbers[0]) if len(numbers) == 1 else f"{len(numbers)} tickets"
