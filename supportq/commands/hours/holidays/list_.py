"""supportq hours holidays list."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

import typer

from supportq.commands.hours.stretch import hours_named
from supportq.desk import Desk
from supportq.model.table import Column, Kind, Row, Table
from supportq.output.outcome import Outcome
from supportq.sla.hours import WEEKDAYS, Hours

EXAMPLES = """
supportq hours holidays list
supportq hours holidays list office --all
supportq hours holidays list -f csv > holidays.csv
"""

_COLUMNS = (
    Column("hours", "Hours"),
    Column("weekday", "Day"),
    Column("first", "From"),
    Column("last", "Until"),
    Column("days", "Days", Kind.NUMBER),
    Column("name", "Holiday", wide=True),
)


def list_(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Which hours of the settings; else all of them.")] = "",
    everything: Annotated[bool, typer.Option("--all", help="Past holidays too.")] = False,  # noqa: FBT002 - an option
) -> Outcome:
    """List the holidays to come.

    The name of a holiday is the comment beside its dates in the settings.
    """
    from supportq.commands.config.applied import in_force

    desk: Desk = context.obj
    listed = [hours_named(desk, name)] if name else list(desk.settings.hours.values())
    since = date.min if everything else desk.now.astimezone(desk.zone).date()
    text = in_force(desk).text
    rows = (row for hours in listed for row in _rows(hours, text, since))
    return Outcome(table=Table(_COLUMNS, rows))


def _rows(hours: Hours, text: str, since: date) -> Iterator[Row]:
    from supportq.settings.holidays import names_in
    from supportq.work.hours import written

    names = names_in(text, hours.name)
    for holiday in sorted(hours.holidays):
        first, last = map(date.fromisoformat, holiday)
        if last >= since:
            weekday, days = WEEKDAYS[first.weekday()][:3], (last - first).days + 1
            yield hours.name, weekday, f"{first}", f"{last}", days, names.get(written(holiday), "")
