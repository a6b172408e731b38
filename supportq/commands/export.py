"""supportq export."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from supportq.commands.answer import answered, format_of, settle_format
from supportq.desk import Desk
from supportq.model.table import Table
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq export -o all.jsonl
supportq export -f csv -o tickets.csv
supportq export created:last-month -f jsonl | jq -r 'select(.record == "message").body'
"""


def export(
    context: typer.Context,
    selector: Annotated[list[str] | None, typer.Argument(help="Which tickets; all of them if left out.")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to this file.")] = None,
    *,
    with_keys: Annotated[
        bool,
        typer.Option(
            "--with-keys", help="The keys that mail is signed with, too; whoever has them can pretend to be this desk."
        ),
    ] = False,
) -> Outcome:
    """Export tickets with their whole history, or as a table."""
    from supportq.store.export import iter_lines
    from supportq.store.scope import scope_of

    desk: Desk = context.obj
    settle_format(desk, output, default="jsonl")
    if format_of(desk) != "jsonl":
        return answered(desk, Outcome(table=_tickets(desk, selector or [])), output)
    scope = scope_of(desk.queue, desk.read(selector or []), now=desk.now)
    lines = iter_lines(desk.queue, scope, keys=with_keys)
    return answered(desk, Outcome(text=lines), output)


def _tickets(desk: Desk, words: Sequence[str]) -> Table:
    from supportq.store.scope import criteria_of
    from supportq.work.listing import Arrangement, listing

    criteria = criteria_of(desk.queue, desk.read(words), now=desk.now)
    return listing(desk.queue, criteria, now=desk.now, arrangement=Arrangement(sort="id"))
