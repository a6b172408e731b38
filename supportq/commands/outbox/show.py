"""supportq outbox show."""

from typing import Annotated

import typer

from supportq.commands.outbox.meant import meant
from supportq.desk import Desk
from supportq.errors import UsageError
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq outbox show 31
supportq outbox show 31 > letter.eml
"""


def show(
    context: typer.Context,
    message: Annotated[str, typer.Argument(help="Which message, by its number in outbox list, or - for stdin.")],
) -> Outcome:
    """Show a mail of the outbox byte by byte, as it is sent or was."""
    from supportq.store.enclosures import originals_of
    from supportq.work.outbox import get_posted, standing

    desk: Desk = context.obj
    picked = meant(desk, [message])
    if len(picked) != 1:
        raise UsageError(f"{len(picked)} messages are named, and one is shown", "name one: supportq outbox show 31")
    (posted,) = get_posted(desk.queue, picked)
    mail = originals_of(desk.queue, [posted.id])[posted.id].decode("utf-8", "backslashreplace")
    state = standing(posted, desk.now).replace("_", " ")
    return Outcome(text=mail, notes=(f"{state}: {posted.said}",) if posted.said else ())
