"""supportq wait."""

from typing import Annotated

import typer

from supportq.commands.parameters import Reason, Tickets
from supportq.commands.written import written
from supportq.desk import Desk
from supportq.output.outcome import Outcome
from supportq.work.wait import Awaited

EXAMPLES = """
supportq wait 17 --until "mon 9:00"
supportq wait 17 --for third-party --until 3d --reason "the carrier is looking for it"
supportq wait 17 --until 4wh
"""


def wait(
    context: typer.Context,
    tickets: Tickets,
    until: Annotated[
        str | None, typer.Option("--until", metavar="TIME", help="When they come back: 2h, mon 9:00, 2wd of work.")
    ] = None,
    awaited: Annotated[Awaited | None, typer.Option("--for", help="Who owes something meanwhile.")] = None,
    reason: Reason = "",
) -> Outcome:
    """Park tickets; they come back by themselves."""
    from supportq.commands.moments import until_of
    from supportq.work.wait import wait as verb

    desk: Desk = context.obj
    picked = desk.pick(tickets)
    done = verb(desk.writer, picked, until=until_of(desk, until), awaited=awaited, reason=reason)
    return written(desk, done, "parked")
