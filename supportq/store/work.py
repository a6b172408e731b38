"""Recorded work: how long it took, on what, and by the settings of which day it is paid."""

import json
import sqlite3
from collections.abc import Iterator

from supportq.settings.values import Cost
from supportq.store.courses import RESOLVED
from supportq.store.grouping import Source
from supportq.store.measures import IS_ASIDE, Measure, number_of
from supportq.values import dataclass

WORK = Source("work_view as work {join} {ticket} on ticket.id = work.ticket_id", "work.at", "work")
"""Work by when it was recorded as done, under who did it and where its ticket stands now."""

WORKED = Measure(
    WORK,
    {
        "n": f"count(distinct case when not {IS_ASIDE} then work.ticket_id end)",
        "spent": f"sum(iif({IS_ASIDE}, 0, work.spent_s))",
        "outside": f"sum(iif({IS_ASIDE}, work.spent_s, 0))",
    },
)

BY_PRICE = {"version": "work.settings_id", "agent": "work.assignee", "line": "work.line", "ticket": "work.ticket_id"}
SECONDS = {"spent_s": WORKED.figures["spent"]}
"""What a second of work costs depends on the first three; a ticket may have work with a price and work without."""

RECORDED = Measure(
    RESOLVED,
    {
        "resolved": number_of(f"not {IS_ASIDE}"),
        "recorded": number_of(f"not {IS_ASIDE} and ticket.spent_s > 0"),
    },
)
"""How many of the tickets that were resolved first have any work recorded."""

PRICED = "select id, checked -> '$.cost', checked -> '$.agents' from settings_version order by id desc"


@dataclass(frozen=True, slots=True)
class Price:
    """What work cost by a version of the settings, and at which line each agent was."""

    cost: Cost
    lines: dict[str, int]

    def of(self, seconds: int, agent: str, line: int) -> float | None:
        """Return what work of an agent cost; of one whom the settings didn't know, by the line of the ticket."""
        return self.cost.of(seconds, self.lines.get(agent, line))


def prices(connection: sqlite3.Connection) -> dict[int, Price]:
    """Return what work cost by each version; before any price was set, the first one counts."""
    return dict(_iter_prices(connection))


def _iter_prices(connection: sqlite3.Connection) -> Iterator[tuple[int, Price]]:
    cost = Cost()
    for number, stored, agents in connection.execute(PRICED):
        said = Cost(**json.loads(stored)) if stored else Cost()
        cost = said if said.hourly else cost
        yield number, Price(cost, {code: agent["line"] for code, agent in json.loads(agents).items()})
