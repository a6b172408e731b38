"""supportq outbox retry."""

import typer

from supportq.commands.outbox.meant import InDoubt, Messages, meant
from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq outbox retry 31
supportq outbox retry 31 32 --dry-run
supportq outbox retry --in-doubt
"""


def retry(
    context: typer.Context,
    messages: Messages = None,
    *,
    in_doubt: InDoubt = False,
) -> Outcome:
    """Let replies be sent once more.

    This is for what was refused, once the reason is mended, for what may have been sent and surely never arrived, and
    for what is to be tried now and not later.
    """
    from supportq.commands.written import written
    from supportq.work.outbox import retry as work_retry

    desk: Desk = context.obj
    return written(desk, work_retry(desk.writer, meant(desk, messages, in_doubt=in_doubt)), "queued again")
