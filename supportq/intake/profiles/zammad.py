"""Zammad: the spreadsheet of a ticket report, or a CSV of it; a line under the rows names the time zone."""

from collections.abc import Iterable

from supportq.intake.profile import Cells, Profile
from supportq.intake.record import Record

STATES = {"pending reminder": "pending", "pending close": "pending", "merged": "closed", "removed": "spam"}
PRIORITIES = {"1 low": "low", "2 normal": "normal", "3 high": "high"}


def _unfold(row: Record) -> Iterable[Cells]:
    """Leave out the footer, which has no title."""
    return [row.cells()] if row.text("Title", "Customer") else []


PROFILE = Profile(
    title="Zammad, spreadsheet of a report",
    source="zammad",
    signature=("#", "Title", "State", "Priority", "Group", "Owner", "Customer", "Create Channel", "Created At"),
    telling=(
        "Create Channel",
        "Time Units Total",
        "Close In Min",
        "First Response In Min",
        "Article Count",
        "Last Contact At",
    ),
    columns={
        "#": "key",
        "Created At": "at",
        "Customer": "customer",
        "Organization": "organisation",
        "Title": "subject",
        "Tags": "tags",
        "State": "status",
        "Priority": "priority",
        "Create Channel": "channel",
        "Group": "team",
        "Owner": "assignee",
        "First Response At": "answered_at",
        "Closed At": "resolved_at",
    },
    statuses=STATES,
    priorities=PRIORITIES,
    unfold=_unfold,
)
