"""supportq count."""

from typing import Annotated

import typer

from supportq.commands.answer import format_of
from supportq.desk import Desk
from supportq.model.table import Column, Kind, Table
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq count sla:late
supportq count --by team
supportq count created:last-week --by channel -f csv
"""


def count(
    context: typer.Context,
    selector: Annotated[list[str] | None, typer.Argument(help="Which tickets: filter terms or words.")] = None,
    by: Annotated[
        str, typer.Option("--by", metavar="KEY", help="Count by team, agent, status, tag and the like.")
    ] = "",
) -> Outcome:
    """Count tickets."""
    from supportq.store import tickets
    from supportq.store.scope import criteria_of

    desk: Desk = context.obj
    chosen = desk.read(selector or [])
    criteria = criteria_of(desk.queue, chosen if by == "status" else chosen.or_active(), now=desk.now)
    number = Column("tickets", "Tickets", Kind.NUMBER)
    if by:
        rows = tickets.count_by(desk.queue, criteria, by, now=desk.now)
        return Outcome(table=Table((Column(by, by.title()), number), rows))
    total = tickets.count(desk.queue, criteria, now=desk.now)
    if format_of(desk) in {None, "table"}:
        return Outcome(text=f"{total}\n")
    return Outcome(table=Table((number,), [(total,)]))
