"""supportq changes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import typer

from supportq.commands.period import period
from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq changes
supportq changes 17
supportq changes --since yesterday --by ben
"""


def changes(
    context: typer.Context,
    tickets: Annotated[
        list[str] | None, typer.Argument(help="Of which tickets: numbers, @, - or filter terms; else of all.")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="TIME", help="From when on: 3d, yesterday, last-week.")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="AGENT", help="Whose; me, an agent, or system.")] = None,
) -> Outcome:
    """Show who changed what, and when."""
    from supportq.store.changes import iter_changes
    from supportq.work.changes import Reader, changes_table

    desk: Desk = context.obj
    chosen = _chosen(desk, tickets or [])
    found = iter_changes(desk.queue.connection, since=_start(desk, since), actor=_actor(desk, by), tickets=chosen)
    return Outcome(table=changes_table(found, Reader(desk.queue, desk.now, desk.zone, chosen)), paged=True)


def _chosen(desk: Desk, words: Sequence[str]) -> tuple[int, ...] | None:
    from supportq.store.selection import tickets_of

    return tickets_of(desk.queue, desk.read(words), now=desk.now) if words else None


def _start(desk: Desk, since: str | None) -> datetime | None:
    return period(desk, since)[0] if since else None


def _actor(desk: Desk, by: str | None) -> str | None:
    from supportq.model.event import SYSTEM
    from supportq.model.filter.lexicon import resolve

    if by == "me":
        return desk.agent
    return by and resolve("agent", by, [*desk.settings.agents, SYSTEM])
