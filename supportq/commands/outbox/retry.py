"""supportq outbox retry."""

from typing import Annotated

import typer

from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq outbox retry 31
supportq outbox retry 31 32 --dry-run
"""


def retry(
    context: typer.Context,
    messages: Annotated[list[int], typer.Argument(help="Which messages, by their numbers in outbox list.")],
) -> Outcome:
    """Let replies be sent once more.

    This is for what was refused, once the reason is mended, for what may have been sent and surely never arrived, and
    for what is to be tried now and not later.
    """
    from supportq.commands.written import written
    from supportq.work.outbox import retry as work_retry

    desk: Desk = context.obj
    return written(desk, work_retry(desk.writer, messages), "queued again")
