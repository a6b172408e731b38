"""supportq rule list."""

from collections.abc import Iterable, Iterator

import typer

from supportq.desk import Desk
from supportq.model.table import Column, Kind, Row, Table
from supportq.output.outcome import Outcome
from supportq.rules.rule import Rule, Value

EXAMPLES = """
supportq rule list
supportq rule list -c all -f md
"""

_COLUMNS = (
    Column("number", "No", Kind.NUMBER),
    Column("name", "Rule"),
    Column("does", "Does", Kind.LIST),
    Column("when", "For tickets with", wide=True),
    Column("stop", "Ends the list", Kind.BOOL, shown=False),
    Column("line", "Line", Kind.NUMBER, shown=False),
)


def list_(context: typer.Context) -> Outcome:
    """List the rules in the order in which they are tried."""
    desk: Desk = context.obj
    return Outcome(table=Table(_COLUMNS, _rows(desk.settings.rules)))


def _rows(rules: Iterable[Rule]) -> Iterator[Row]:
    for number, rule in enumerate(rules, start=1):
        does = (*(f"{name} {_words(value)}" for name, value in rule.actions), *(["stop"] if rule.stop else []))
        yield number, rule.name, does, " ".join(rule.when.split()) or "anything", rule.stop, rule.line


def _words(value: Value) -> str:
    return " ".join(value) if isinstance(value, tuple) else str(value)
