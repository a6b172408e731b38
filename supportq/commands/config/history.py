"""supportq config history."""

import typer

from supportq.desk import Desk
from supportq.model.table import Column, Kind, Table
from supportq.output.outcome import Outcome
from supportq.store import versions

EXAMPLES = """
supportq config history
supportq config diff 3
"""

_COLUMNS = (
    Column("version", "Version", Kind.NUMBER),
    Column("applied_at", "Applied", Kind.MOMENT),
    Column("agent", "By"),
    Column("reason", "Reason", wide=True),
    Column("change", "Change", Kind.NUMBER),
)


def history(context: typer.Context) -> Outcome:
    """Show who applied which version, and when."""
    desk: Desk = context.obj
    rows = (
        (version.id, version.applied_at, version.actor, version.reason, version.change_id)
        for version in versions.history_of(desk.queue.connection)
    )
    return Outcome(table=Table(_COLUMNS, rows), paged=True)
