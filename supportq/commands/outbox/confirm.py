"""supportq outbox confirm."""

import typer

from supportq.commands.outbox.meant import InDoubt, Messages, meant
from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq outbox confirm 31
supportq outbox confirm 31 32 --dry-run
supportq outbox confirm --in-doubt
"""


def confirm(
    context: typer.Context,
    messages: Messages = None,
    *,
    in_doubt: InDoubt = False,
) -> Outcome:
    """Say that replies arrived which may have been sent.

    They count as sent at the moment at which they were tried.
    """
    from supportq.commands.written import written
    from supportq.model.message import Delivery
    from supportq.work.outbox import confirm as work_confirm

    desk: Desk = context.obj
    picked = meant(desk, messages, Delivery.MAYBE_SENT if in_doubt else None)
    return written(desk, work_confirm(desk.writer, picked), "confirmed", mails=picked)
