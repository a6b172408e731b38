"""supportq sla why."""

from typing import Annotated

import typer

from supportq.commands.answer import wants_page
from supportq.commands.single import single_ticket
from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq sla why 17
supportq sla why 17 -v
supportq sla why @ --json
supportq sla why 17 -f tsv -c clock,span,start,end,open,why
supportq sla why 17 -v -f csv > events.csv
"""


def why(
    context: typer.Context,
    ticket: Annotated[str, typer.Argument(help="Which ticket: its number, or @ for your last one.")],
) -> Outcome:
    """Explain the clocks of a ticket: policy, hours, intervals, pauses.

    With -v also every event, what it did to the clocks, and the version of the settings that was in force then.

    A terminal, -f md, html and json get the whole account. In a pipe, and with -f tsv or csv, there is a row for each
    span of each clock: counted (of one that runs, until it is due) or paused, and why; with -v a row for each event
    and each clock that it moved.
    """
    from supportq.commands.sla.account import page
    from supportq.commands.sla.chronicle import Standpoint
    from supportq.commands.sla.spans import events, spans
    from supportq.store.subjects import subject_of
    from supportq.work.promises import account_of

    desk: Desk = context.obj
    number = single_ticket(desk, ticket)
    is_verbose, here = bool(desk.options.verbose), Standpoint(desk.now, desk.zone)
    account = account_of(desk.queue, number, verbose=is_verbose)
    table = events(account, here) if is_verbose else spans(account, desk.now)
    if not wants_page(desk):
        return Outcome(table=table)
    return Outcome(page=page(account, subject_of(desk.queue.connection, number), here), table=table, paged=True)
