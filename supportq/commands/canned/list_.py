"""supportq canned list."""

import typer

from supportq.desk import Desk
from supportq.model.table import Column, Kind, Table
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq canned list
supportq canned list -f json -c all
"""

_COLUMNS = (
    Column("name", "Name"),
    Column("title", "Title", wide=True),
    Column("languages", "Also in", Kind.LIST),
    Column("body", "Text", shown=False),
)


def list_(context: typer.Context) -> Outcome:
    """List the canned replies."""
    desk: Desk = context.obj
    rows = (
        (canned.name, canned.title, tuple(sorted(canned.translations)), canned.body)
        for canned in desk.settings.canned.values()
    )
    return Outcome(table=Table(_COLUMNS, rows))
