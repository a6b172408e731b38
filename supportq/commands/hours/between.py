"""supportq hours between."""

from typing import Annotated

import typer

from supportq.commands.hours.stretch import hours_there, shown
from supportq.desk import Desk
from supportq.errors import UsageError
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq hours between office "mon 9:00" now
supportq hours between office 2026-12-01 2027-01-01 --json
"""


def between(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Which hours of the settings, such as office.")],
    start: Annotated[str, typer.Argument(help="From when; a bare weekday or span looks back.")],
    end: Annotated[str, typer.Argument(help="Until when.")],
) -> Outcome:
    """Say how much open time lies between two moments.

    Times are those of the zone of the hours, unless --tz names another.
    """
    from supportq.work.hours import within

    desk: Desk = context.obj
    hours = hours_there(desk, name)
    first, last = desk.moment(start, ahead=False), desk.moment(end, ahead=False)
    if first > last:
        raise UsageError(
            f'"{start}" is later than "{end}"',
            f'name the earlier first: supportq hours between {name} "{end}" "{start}"',
        )
    return shown(desk, hours, within(hours, first, last))
