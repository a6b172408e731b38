"""supportq hours add."""

from typing import Annotated

import typer

from supportq.commands.hours.stretch import hours_there, shown
from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq hours add office now 8h
supportq hours add office "fri 16:30" 2wd
supportq hours add office 2026-12-23 1wd -f tsv -c end --no-header
"""


def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Which hours of the settings, such as office.")],
    start: Annotated[str, typer.Argument(help="From when: now, fri 16:30, 2026-12-23 ...")],
    duration: Annotated[str, typer.Argument(help="How much open time: 8h, 90m, or working days as 2wd.")],
) -> Outcome:
    """Say when so much open time will have passed.

    Times are those of the zone of the hours, unless --tz names another.
    """
    from supportq.work.hours import after, open_span

    desk: Desk = context.obj
    hours = hours_there(desk, name)
    return shown(desk, hours, after(hours, desk.moment(start, ahead=True), open_span(duration, hours)))
