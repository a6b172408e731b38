"""supportq count."""

from collections import Counter
from typing import Annotated

import typer

from supportq.commands.answer import format_of
from supportq.desk import Desk
from supportq.model.filter.terms import Filter
from supportq.model.table import Column, Kind, Row, Table
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq count sla:late
supportq count --by team
supportq count created:last-week --by channel -f csv
supportq count status:any --by month
"""


def count(
    context: typer.Context,
    selector: Annotated[list[str] | None, typer.Argument(help="Which tickets: filter terms or words.")] = None,
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="KEY",
            help="Count by team, agent, status, tag and the like, or by the day to year they came in.",
        ),
    ] = "",
) -> Outcome:
    """Count tickets."""
    from supportq.store import tickets
    from supportq.store.scope import criteria_of

    desk: Desk = context.obj
    chosen = desk.read(selector or [])
    criteria = criteria_of(desk.queue, chosen if by == "status" else chosen.or_active(), now=desk.now)
    number = Column("tickets", "Tickets", Kind.NUMBER)
    if by:
        return Outcome(table=Table((Column(by, by.title()), number), _counted(desk, criteria, by)))
    total = tickets.count(desk.queue, criteria, now=desk.now)
    if format_of(desk) in {None, "table"}:
        return Outcome(text=f"{total}\n")
    return Outcome(table=Table((number,), [(total,)]))


def _counted(desk: Desk, criteria: Filter, by: str) -> list[Row]:
    """Return the values of a key, the most frequent first; of a period, in the order of the calendar."""
    from supportq.reports._periods import PERIODS, period_of
    from supportq.store import tickets

    if by not in PERIODS:
        return [*tickets.count_by(desk.queue, criteria, by, now=desk.now)]
    found: Counter[str] = Counter()
    for minute, number in tickets.count_by_minute(desk.queue, criteria, now=desk.now):
        found[period_of(minute, by, desk.zone)] += number
    return sorted(found.items())
