"""supportq hours list."""

from collections.abc import Iterator
from dataclasses import replace

import typer

from supportq.commands.answer import is_told
from supportq.commands.hours.stretch import told_there
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
    """List the hours, and the teams that go by them.

    People are told until when as clocks are there, like the times at which they open; programs get UTC.
    """
    desk: Desk = context.obj
    columns = tuple(replace(each, kind=Kind.TEXT) if each.key == "until" else each for each in _COLUMNS)
    return Outcome(table=Table(columns if is_told(desk) else _COLUMNS, _rows(desk)))


def _rows(desk: Desk) -> Iterator[Row]:
    from supportq.work.hours import standing, users

    for hours in desk.settings.hours.values():
        is_open, until = standing(hours, desk.now)
        told = told_there(hours, until, desk.now) if is_told(desk) else until
        teams, policies = users(desk.settings, hours.name)
        yield hours.name, hours.zone, in_words(hours), "open" if is_open else "closed", told, teams, policies
