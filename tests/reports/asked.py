"""A question about November 2026, and the rows of its answer."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from supportq.model.table import Table
from supportq.reports import Question

BERLIN = ZoneInfo("Europe/Berlin")
SINCE, UNTIL = datetime(2026, 11, 1, tzinfo=BERLIN), datetime(2026, 12, 1, tzinfo=BERLIN)


def november(*by: str) -> Question:
    """Return a question about the whole month."""
    return Question(SINCE.astimezone(UTC), UNTIL.astimezone(UTC), UNTIL.astimezone(UTC), BERLIN, by)


def rows_of(table: Table) -> list[dict[str, Any]]:
    """Return the rows of a table by column."""
    return [{column.key: cell for column, cell in zip(table.columns, row, strict=True)} for row in table.rows]
