"""supportq sla why."""

from typing import Annotated

import typer

from supportq.desk import Desk
from supportq.errors import UsageError
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
    from supportq.store.selection import tickets_of
    from supportq.store.subjects import subject_of
    from supportq.work.promises import account_of

    desk: Desk = context.obj
    numbers = tickets_of(desk.queue, desk.read([ticket]), now=desk.now)
    if len(numbers) != 1:
        raise UsageError(f"{len(numbers)} tickets match; one is explained at a time", "see: supportq list")
    account = account_of(desk.queue, numbers[0], verbose=bool(desk.options.verbose))
    subject = subject_of(desk.queue.connection, numbers[0])
    return Outcome(page=page(account, subject, desk.now), table=table(account, desk.now), paged=True)
