"""supportq sql."""

from typing import Annotated

import typer

from supportq.desk import Desk
from supportq.errors import UsageError
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq sql 'select team, count(*) from ticket_view group by team'
supportq sql - -f csv < query.sql
supportq sql --schema
"""


def sql(
    context: typer.Context,
    query: Annotated[str | None, typer.Argument(help="One select statement, or - to read it from stdin.")] = None,
    *,
    schema: Annotated[bool, typer.Option("--schema", help="Show the views and tables instead.")] = False,
) -> Outcome:
    """Run a read-only SQL query on documented views."""
    from supportq.store.sql import ask, schema_of
    from supportq.work.sql import answer_table

    desk: Desk = context.obj
    if schema:
        return Outcome(text=schema_of(desk.queue), paged=True)
    if query is None:
        raise UsageError("which query?", "such as: supportq sql 'select * from ticket_view limit 5'      or: --schema")
    asked = desk.streams.stdin.read() if query == "-" else query
    return Outcome(table=answer_table(ask(desk.queue, asked)))
