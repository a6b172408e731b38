"""A question about November 2026, and rows to count."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from supportq.model.table import Table
from supportq.reports import Question
from supportq.store.figures import Counted, Verdict

BERLIN = ZoneInfo("Europe/Berlin")
SINCE, UNTIL = datetime(2026, 11, 1, tzinfo=BERLIN), datetime(2026, 12, 1, tzinfo=BERLIN)


def november(*by: str) -> Question:
    """Return a question about the whole month."""
    return Question(SINCE.astimezone(UTC), UNTIL.astimezone(UTC), UNTIL.astimezone(UTC), BERLIN, by)


def counted(dated_at: str = "2026-11-10T09:00:00Z", **facts: Any) -> Counted:
    """Return something to count."""
    defaults = {"team": "sales", "agent": None, "priority": "normal", "channel": "email", "line": 1}
    return Counted(dated_at, **{**defaults, "category": None, "language": None, "outside": None, **facts})


def verdict(standing: str, ticket: int = 1, kind: str = "first_response", cause: str = "late", **facts: Any) -> Verdict:
    """Return what became of a promise."""
    return Verdict(counted(**facts), ticket, kind, standing, cause)


def rows_of(table: Table) -> list[dict[str, Any]]:
    """Return the rows of a table by column."""
    return [{column.key: cell for column, cell in zip(table.columns, row, strict=True)} for row in table.rows]
