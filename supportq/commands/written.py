"""What a writer says when it is done."""

from typing import TYPE_CHECKING

from supportq.desk import Desk
from supportq.model.table import Column, Kind, Table
from supportq.output.outcome import Outcome

if TYPE_CHECKING:
    from supportq.store.change import Done

_COLUMNS = (
    Column("id", "ID", Kind.NUMBER),
    Column("field", "Field"),
    Column("before", "Before"),
    Column("after", "After", wide=True),
)


def written(desk: Desk, done: "Done", participle: str) -> Outcome:
    """Return the outcome of a writer: how many tickets, what to mind, how to undo."""
    if not done.touched:
        return Outcome(notes=(*done.warnings, "Nothing to do."), touched=())
    if desk.options.dry_run:
        note = f"Dry run: {_tickets(done.touched)} would be {participle}; nothing was changed."
        return Outcome(table=difference_table(done), notes=(*done.warnings, note), touched=done.touched)
    note = f"{_tickets(done.touched)} {participle}. Undo: supportq undo"
    return Outcome(notes=(*done.warnings, note), touched=done.touched)


def difference_table(done: "Done") -> Table:
    """Return what is different in the tickets, field by field."""
    return Table(_COLUMNS, [(found.ticket_id, found.field, found.before, found.after) for found in done.differences])


def _tickets(numbers: tuple[int, ...]) -> str:
    return f"Ticket {numbers[0]}" if len(numbers) == 1 else f"{len(numbers)} tickets"
