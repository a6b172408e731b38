"""supportq list."""

from dataclasses import replace
from typing import Annotated

import typer

from supportq.commands.answer import format_of, is_drawn, settle_format
from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq list
supportq list sla:late team:sales not:agent:me
supportq list status:new --group channel
supportq list tag:spam -f ids | supportq spam - --yes
"""

SCREENFUL = 30


def list_(
    context: typer.Context,
    selector: Annotated[
        list[str] | None, typer.Argument(help="Which tickets: numbers, @, filter terms, words.")
    ] = None,
    group: Annotated[str, typer.Option("--group", metavar="COLUMN", help="Put a heading over each value of it.")] = "",
) -> Outcome:
    """List open tickets, most urgent first."""
    from supportq.store.scope import criteria_of
    from supportq.work.listing import SHOWN, Arrangement, caption, listing, without_empty

    desk: Desk = context.obj
    options = desk.options
    criteria = criteria_of(desk.queue, desk.read(selector or []).or_active(), now=desk.now)
    settle_format(desk)
    if options.limit is None and is_drawn(desk):
        options.limit = SCREENFUL
    limit = options.limit or None
    only = SHOWN if _takes_the_usual_columns(desk) and not group else None
    fields = () if only else tuple(desk.settings.fields)
    arrangement = Arrangement(options.sort, limit, group, only, fields)
    table = listing(desk.queue, criteria, now=desk.now, arrangement=arrangement)
    if not is_drawn(desk):
        return Outcome(table=table)
    rows = list(table.rows)
    below = caption(desk.queue, criteria, rows, now=desk.now, limit=limit)
    if rows and options.columns is None:
        return Outcome(table=replace(without_empty(table, rows), caption=below))
    return Outcome(table=replace(table, rows=rows, caption=below))


def _takes_the_usual_columns(desk: Desk) -> bool:
    """Tell whether a pipe gets the columns that are usually shown, so that no others need to be read."""
    options = desk.options
    return not is_drawn(desk) and format_of(desk) in {None, "tsv", "ids"} and not (options.columns or options.sort)
