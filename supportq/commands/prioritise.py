"""supportq prioritise."""

from typing import Annotated

import typer

from supportq.commands.parameters import Reason, Tickets
from supportq.commands.written import written
from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq prioritise 17 urgent
supportq prioritise 17 up
supportq prioritise status:new auto --yes
"""


def prioritise(
    context: typer.Context,
    tickets: Tickets,
    level: Annotated[
        str, typer.Argument(help="low, normal, high or urgent; up or down by one; auto: what the rules say.")
    ],
    reason: Reason = "",
) -> Outcome:
    """Set a priority, or let the rules set it and say why."""
    from supportq.model.filter.lexicon import resolve
    from supportq.work.prioritise import LEVELS
    from supportq.work.prioritise import prioritise as verb

    desk: Desk = context.obj
    known = resolve("priority", level, LEVELS)
    picked = desk.pick(tickets)
    return written(desk, verb(desk.writer, picked, known, reason=reason), "prioritised")
