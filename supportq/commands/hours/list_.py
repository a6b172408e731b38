"""supportq hours list."""

from collections.abc import Iterator

import typer

from supportq.commands.hours.week import in_words
from supportq.desk import Desk
from supportq.model.table import Column, Kind, Row, Table
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq hours list
supportq hours list -f tsv -c name,standing,until
"""

_COLUMNS = (
    Column("name", "Name"),
    Column("zone", "Zone"),
    Column("week", "Open"),
    Column("standing", "Now"),
    Column("until", "Until", Kind.MOMENT),
    Column("teams", "Teams", Kind.LIST, wide=True),
    Column("policies", "Policies", Kind.LIST, shown=False),
)


def list_(context: typer.Context) -> Outcome:
    """List the hours, and the teams that go by them."""
    desk: Desk = context.obj
    return Outcome(table=Table(_COLUMNS, _rows(desk)))


def _rows(desk: Desk) -> Iterator[Row]:
    from supportq.work.hours import standing, users

    for hours in desk.settings.hours.values():
        is_open, until = standing(hours, desk.now)
        teams, policies = users(desk.settings, hours.name)
        yield hours.name, hours.zone, in_words(hours), "open" if is_open else "closed", until, teams, policies
