"""supportq rate."""

from typing import Annotated

import typer

from supportq.commands.parameters import Tickets
from supportq.commands.written import written
from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq rate 17 5
supportq rate 17 2 -m "friendly, but it took a week"
supportq rate @ 4 --at yesterday
"""


def rate(
    context: typer.Context,
    tickets: Tickets,
    score: Annotated[str, typer.Argument(help="What the customer gave it: 1, the worst, to 5.")],
    *,
    comment: Annotated[
        str, typer.Option("-m", "--message", metavar="TEXT", help="What the customer said about it.")
    ] = "",
    at: Annotated[
        str | None, typer.Option("--at", metavar="TIME", help="When it was given, if earlier than now.")
    ] = None,
) -> Outcome:
    """Record what a customer thought of it."""
    from supportq.model.filter.lexicon import resolve
    from supportq.work.rate import SCORES
    from supportq.work.rate import rate as verb

    desk: Desk = context.obj
    given = int(resolve("rating", score, SCORES))
    picked = desk.pick(tickets)
    rated_at = None if at is None else desk.moment(at, ahead=False)
    return written(desk, verb(desk.writer, picked, given, comment=comment, at=rated_at), f"rated {given}")
