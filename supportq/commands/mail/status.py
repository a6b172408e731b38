"""supportq mail status."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from supportq.desk import Desk
from supportq.model.table import Column, Kind, Row, Table
from supportq.output.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from supportq.work.traffic import Traffic, Trouble

EXAMPLES = """
supportq mail status
supportq mail status -f json | jq -r '.[] | select(.failed > 0) | .account'
"""

_COLUMNS = (
    Column("account", "Account"),
    Column("address", "Address", shown=False),
    Column("queued", "Queued", Kind.NUMBER),
    Column("oldest", "Since", Kind.MOMENT),
    Column("maybe_sent", "Maybe sent", Kind.NUMBER),
    Column("failed", "Failed", Kind.NUMBER),
    Column("fetched", "Fetched", Kind.MOMENT),
    Column("trouble", "Trouble", wide=True),
)


def status(context: typer.Context) -> Outcome:
    """Show how mail goes: what waits to be sent, and when it was fetched last.

    On a terminal it says of everything that is wrong what to do next.
    """
    from supportq.commands.answer import is_drawn
    from supportq.commands.sending import overtaken
    from supportq.work.traffic import traffic

    desk: Desk = context.obj
    found = traffic(desk.queue, desk.settings, desk.now)
    if not found:
        note = "No mail account is set up. Describe one under mail.accounts: supportq config edit"
        return Outcome(table=Table(_COLUMNS, ()), notes=(note,))
    troubles = [list(each.troubles(desk.settings, desk.preferences)) for each in found]
    table = Table(_COLUMNS, list(map(_row, found, troubles)))
    if not is_drawn(desk) or desk.options.columns:
        return Outcome(table=table)
    drawn = table.choose([column.key for column in table.shown if column.key != "trouble"])
    waiting = overtaken(desk, (posted for each in found for posted in each.queued), "waits")
    return Outcome(table=drawn, notes=(*_told(found, troubles), *waiting, *_of_a_copy(desk)))


def _row(each: "Traffic", troubles: "Sequence[Trouble]") -> Row:
    return (
        each.account,
        each.address,
        len(each.queued),
        each.oldest,
        len(each.doubtful),
        len(each.failed),
        each.fetched.at if each.fetched else None,
        "; ".join(trouble.cause for trouble in troubles),
    )


def _told(found: "Sequence[Traffic]", troubles: "Sequence[Sequence[Trouble]]") -> Iterator[str]:
    """Yield what is wrong, each with what to do next."""
    for each, wrong in zip(found, troubles, strict=True):
        for trouble in wrong:
            yield f"{each.account}: {trouble.cause}"
            yield from (f"  {cure}" for cure in trouble.cures)


def _of_a_copy(desk: Desk) -> Iterator[str]:
    from supportq.store.home import fetches_elsewhere

    if fetches_elsewhere(desk.queue.connection):
        yield "This file is a copy of a queue, and takes no mail from the original."
        yield "  to go on in its place: supportq fetch --here"
