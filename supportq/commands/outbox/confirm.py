"""supportq outbox confirm."""

from typing import Annotated

import typer

from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq outbox confirm 31
supportq outbox confirm 31 32 --dry-run
"""


def confirm(
    context: typer.Context,
    messages: Annotated[list[int], typer.Argument(help="Which messages, by their numbers in outbox list.")],
) -> Outcome:
    """Say that replies arrived which may have been sent.

    They count as sent at the moment at which they were tried.
    """
    from supportq.commands.written import written
    from supportq.work.outbox import confirm as work_confirm

    desk: Desk = context.obj
    return written(desk, work_confirm(desk.writer, messages), "confirmed")
