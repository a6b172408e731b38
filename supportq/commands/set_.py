"""supportq set."""

from typing import Annotated

import typer

from supportq.commands.parameters import Reason
from supportq.commands.written import written
from supportq.desk import Desk
from supportq.errors import UsageError
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq set 17 category=return field.order=A-1734
supportq set 12-20 team=technical tag+=crash tag-=question
supportq set 17 subject="Blue loom arrived broken" language=pl
"""


def set_(
    context: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="TICKETS... KEY=VALUE...",
            help="Which tickets, then new values: subject priority team channel line agent customer category language "
            "field.NAME; tag+=T adds a tag, tag-=T takes it away; KEY=none empties.",
        ),
    ],
    reason: Reason = "",
) -> Outcome:
    """Change any field of the selected tickets."""
    from supportq.commands.edited import edits_of
    from supportq.work.alter import alter
    from supportq.work.fields import is_assignment

    desk: Desk = context.obj
    edits = edits_of(desk, filter(is_assignment, words))
    if not edits:
        raise UsageError("set what?", "such as: supportq set 17 team=sales tag+=vip")
    tickets = desk.pick([word for word in words if not is_assignment(word)])
    return written(desk, alter(desk.writer, tickets, edits, reason=reason), "changed")
