"""supportq report."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from supportq.commands.answer import answered, settle_format
from supportq.commands.period import period
from supportq.desk import Desk
from supportq.errors import UnknownWord, UsageError
from supportq.model.table import Column, Table
from supportq.output.outcome import Outcome
from supportq.reports import Question, Report, find_report, names

EXAMPLES = """
supportq report sla --since last-month --until last-month
supportq report volume --by channel -f csv
supportq report backlog --by week,team --since 2026-09
supportq report sla --define
"""


def report(
    context: typer.Context,
    kind: Annotated[str | None, typer.Argument(help="Which report; without one, what there is.")] = None,
    *,
    since: Annotated[
        str, typer.Option("--since", metavar="TIME", help="From when on, such as 2w or last-month.")
    ] = "30d",
    until: Annotated[
        str, typer.Option("--until", metavar="TIME", help="Until when; a named day or month is whole.")
    ] = "now",
    by: Annotated[str, typer.Option("--by", metavar="KEY,KEY", help="Group by team, channel, week and the like.")] = "",
    where: Annotated[str, typer.Option("--where", metavar="SELECTOR", help="Count these tickets alone.")] = "",
    define: Annotated[bool, typer.Option("--define", help="Say what the report counts, and count nothing.")] = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to this file.")] = None,
) -> Outcome:
    """Report on promises, volume and backlog."""
    desk: Desk = context.obj
    if kind is None and (since, until, by, where, define, output) == ("30d", "now", "", "", False, None):
        return Outcome(table=_contents())
    if kind is None:
        raise UsageError("which report?", f"one of: {' '.join(names())}")
    chosen = find_report(kind)
    if define:
        return Outcome(text=f"{chosen.definition}\n\nGroup it by: {' '.join(chosen.keys)}\n")
    settle_format(desk, output)
    question = _question(desk, chosen, (since, until), by, where)
    return answered(desk, Outcome(table=chosen.build(desk.queue, question), paged=True), output)


def _contents() -> Table:
    rows = [(name, find_report(name).definition.partition("\n")[0]) for name in names()]
    columns = (Column("report", "Report"), Column("counts", "What it does", wide=True))
    return Table(columns, rows, caption="More: supportq report NAME --define")


def _question(desk: Desk, chosen: Report, span: tuple[str, str], by: str, where: str) -> Question:
    from datetime import timedelta

    from supportq.store.scope import scope_of

    keys = tuple(key.strip() for key in by.split(",")) if by else ()
    for key in keys:
        if key not in chosen.keys:
            raise UnknownWord("key", key, chosen.keys)
    first, last = period(desk, *span)
    scope = scope_of(desk.queue, desk.read(shlex.split(where)), now=desk.now)
    return Question(first, min(last, desk.now + timedelta(seconds=1)), desk.now, desk.zone, keys, scope)
