"""What reports go by: what work costs, and what shows that a customer came back."""

from typing import Annotated

from pydantic import Field

from supportq.settings.draft import Draft, Table
from supportq.settings.values import Cost, Retention

LINES = ("0", "1", "2", "3")

Money = Annotated[float, Field(ge=0, le=1e6, allow_inf_nan=False)]


class CostTable(Table):
    """What an hour of work costs, by line of support."""

    currency: Annotated[str, Field(max_length=8)] = ""
    hourly: dict[str, Money] = Field(default={})


class RetentionTable(Table):
    """By which field of a later ticket a customer has come back, and within how many days."""

    field: str = ""
    within_days: Annotated[int, Field(strict=True, ge=1, le=3650)] = 90


def read_cost(draft: Draft) -> Cost:
    """Read what work costs."""
    table = draft.single(CostTable, "cost")
    for line in table.hourly:
        draft.knows(("cost", "hourly", line), "line", line, LINES)
    return Cost(table.currency, table.hourly)


def read_retention(draft: Draft) -> Retention:
    """Read what shows that a customer came back."""
    table = draft.single(RetentionTable, "retention")
    if table.field:
        draft.knows(("retention", "field"), "field", table.field, draft.names("fields"))
    return Retention(table.field, table.within_days)
