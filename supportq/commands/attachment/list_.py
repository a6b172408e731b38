"""supportq attachment list."""

from typing import Annotated

import typer

from supportq.desk import Desk
from supportq.model.table import Column, Kind, Table
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq attachment list 17
supportq attachment list customer:ann@example.com created:last-week
"""

_COLUMNS = (
    Column("id", "Id", Kind.NUMBER),
    Column("ticket", "Ticket", Kind.NUMBER),
    Column("message", "Message", Kind.NUMBER, shown=False),
    Column("at", "Came", Kind.MOMENT),
    Column("name", "Name", wide=True),
    Column("type", "Type"),
    Column("size", "Bytes", Kind.NUMBER),
)


def list_(
    context: typer.Context,
    selector: Annotated[list[str] | None, typer.Argument(help="Of which tickets: numbers, @ or filter terms.")] = None,
) -> Outcome:
    """List the attachments of tickets."""
    from supportq.store.scope import scope_of
    from supportq.store.stowed import attachments_in
    from supportq.when.stamps import parse_stamp

    desk: Desk = context.obj
    found = attachments_in(desk.queue, scope_of(desk.queue, desk.read(selector or []), now=desk.now))
    rows = [
        (file.id, file.ticket_id, file.message_id, parse_stamp(file.at), file.name, file.content_type, file.size)
        for file in found
    ]
    return Outcome(table=Table(_COLUMNS, rows))
