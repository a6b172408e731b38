"""supportq sla list."""

from collections.abc import Iterator

import typer

from supportq.desk import Desk
from supportq.model.clock import ClockKind
from supportq.model.table import Column, Kind, Row, Table
from supportq.model.ticket import Priority
from supportq.output.outcome import Outcome
from supportq.settings.values import Settings
from supportq.sla.policy import Policy

EXAMPLES = """
supportq sla list
supportq sla list -c all
"""

_CLOCKS = {
    ClockKind.FIRST_RESPONSE: "first_response",
    ClockKind.NEXT_RESPONSE: "next_response",
    ClockKind.RESOLUTION_FIRST: "resolution",
    ClockKind.UPDATE: "update",
}

_COLUMNS = (
    Column("policy", "Policy"),
    Column("clock", "Promise", Kind.CLOCK),
    *(Column(priority.value, priority.title(), Kind.OPEN_TIME) for priority in Priority),
    Column("hours", "Hours"),
    Column("when", "For", wide=True),
    Column("pauses", "Pauses while", Kind.LIST, shown=False),
    Column("on_reopen", "When reopened", shown=False),
    Column("line", "Line", Kind.NUMBER, shown=False),
)


def list_(context: typer.Context) -> Outcome:
    """List the policies with their targets."""
    desk: Desk = context.obj
    caption = "The first policy whose filter matches counts. Targets are open time."
    return Outcome(table=Table(_COLUMNS, _rows(desk.settings), caption=caption, group="policy"))


def _rows(settings: Settings) -> Iterator[Row]:
    for policy in settings.policies:
        for clock, name in _CLOCKS.items():
            if any((clock, priority) in policy.targets for priority in Priority):
                yield _row(policy, clock, name)


def _row(policy: Policy, clock: ClockKind, name: str) -> Row:
    targets = (policy.targets.get((clock, priority)) for priority in Priority)
    pauses = tuple(sorted(status.value for status in policy.pause_on.get(clock, ())))
    return (
        policy.name,
        name,
        *targets,
        policy.hours,
        policy.when or "every ticket",
        pauses,
        policy.on_reopen,
        policy.line,
    )
