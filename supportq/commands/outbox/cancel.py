"""supportq outbox cancel."""

import typer

from supportq.commands.outbox.meant import Messages, meant
from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq outbox cancel 31
supportq outbox cancel 31 32 --dry-run
supportq outbox list -f ids | supportq outbox cancel -
"""


def cancel(
    context: typer.Context,
    messages: Messages = None,
) -> Outcome:
    """Take replies back that were not sent.

    The tickets are open again, since their customers are still owed an answer.
    """
    from supportq.commands.written import written
    from supportq.work.outbox import cancel as work_cancel

    desk: Desk = context.obj
    picked = meant(desk, messages)
    return written(desk, work_cancel(desk.writer, picked), "taken back", mails=picked)
