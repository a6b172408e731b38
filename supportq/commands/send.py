"""supportq send."""

from typing import Annotated

import typer

from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq send
supportq send --limit 100
* * * * *  supportq send --queue desk.db -q
"""


def send(
    context: typer.Context,
    *,
    limit: Annotated[
        int | None, typer.Option("-L", "--limit", metavar="N", min=1, help="Send at most so many for each account.")
    ] = None,
) -> Outcome:
    """Send what waits in the outbox.

    What a server can't take now is tried again after a while, for two days; what it refuses comes back to its ticket.
    Several may run at once: no mail is ever sent twice. Nor does a copy of the queue send what waits in it already, or a
    backup that is brought back: since the other may have sent it, it is in doubt until outbox confirm or retry settles it.
    """
    from supportq.commands.sending import sent_now, told

    desk: Desk = context.obj
    if desk.options.dry_run:
        return _rehearsed(desk)
    return told(desk, sent_now(desk, most=limit))


def _rehearsed(desk: Desk) -> Outcome:
    """Return what would be sent now."""
    from supportq.commands.outbox.rows import posted_table
    from supportq.commands.sending import overtaken
    from supportq.model.message import Delivery
    from supportq.store.outbox import unsettled
    from supportq.work.outbox import standing

    waiting = unsettled(desk.queue.connection)
    due = [each for each in waiting if standing(each, desk.now) is Delivery.QUEUED and each.next_try_at <= desk.now]
    notes = (*overtaken(desk, due, "waits"), f"Dry run: {len(due):,} would be sent; nothing was.")
    return Outcome(
        table=posted_table(desk.queue, due, desk.now), notes=notes, touched=tuple(posted.ticket for posted in due)
    )
