"""supportq outbox cancel."""

from typing import Annotated

import typer

from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq outbox cancel 31
supportq outbox cancel 31 32 --dry-run
"""


def cancel(
    context: typer.Context,
    messages: Annotated[list[int], typer.Argument(help="Which messages, by their numbers in outbox list.")],
) -> Outcome:
    """Take replies back that were not sent.

    The tickets are open again, since their customers are still owed an answer.
    """
    from supportq.commands.written import written
    from supportq.work.outbox import cancel as work_cancel

    desk: Desk = context.obj
    return written(desk, work_cancel(desk.writer, messages), "taken back")
