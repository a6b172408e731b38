"""supportq sla why."""

from typing import Annotated

import typer

from supportq.commands.single import single_ticket
from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq sla why 17
supportq sla why 17 -v
supportq sla why @ --json
"""


def why(
    context: typer.Context,
    ticket: Annotated[str, typer.Argument(help="Which ticket: its number, or @ for your last one.")],
) -> Outcome:
    """Explain the clocks of a ticket: policy, hours, intervals, pauses.

    With -v also every event, what it did to the clocks, and the version of the settings that was in force then.
    """
    from supportq.commands.sla.account import page, table
    from supportq.commands.sla.chronicle import Standpoint
    from supportq.store.subjects import subject_of
    from supportq.work.promises import account_of

    desk: Desk = context.obj
    number = single_ticket(desk, ticket)
    account = account_of(desk.queue, number, verbose=bool(desk.options.verbose))
    subject = subject_of(desk.queue.connection, number)
    return Outcome(
        page=page(account, subject, Standpoint(desk.now, desk.zone)), table=table(account, desk.now), paged=True
    )
