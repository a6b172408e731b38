"""supportq outbox retry."""

from typing import Annotated

import typer

from supportq.commands.outbox.meant import InDoubt, Messages, meant
from supportq.desk import Desk
from supportq.errors import UsageError
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq outbox retry 31
supportq outbox retry 31 32 --dry-run
supportq outbox retry --all
supportq outbox retry --in-doubt
"""


def retry(
    context: typer.Context,
    messages: Messages = None,
    *,
    in_doubt: InDoubt = False,
    waiting: Annotated[bool, typer.Option("--all", help="All that wait, whatever they wait for.")] = False,
) -> Outcome:
    """Let replies be sent once more.

    This is for what was refused, once the reason is mended, for what may have been sent and surely never arrived, and
    for what is to be tried now and not later.
    """
    from supportq.commands.written import written
    from supportq.model.message import Delivery
    from supportq.work.outbox import retry as work_retry

    desk: Desk = context.obj
    if in_doubt and waiting:
        raise UsageError("--all is what surely waits, --in-doubt what may have been sent", "choose one of them")
    state = Delivery.QUEUED if waiting else Delivery.MAYBE_SENT if in_doubt else None
    picked = meant(desk, messages, state)
    return written(desk, work_retry(desk.writer, picked), "queued again", mails=picked)
