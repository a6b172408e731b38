"""RT: the tab-separated result of a search; its columns are those that the search shows."""

from collections.abc import Iterable

from supportq.intake.profile import Cells, Profile
from supportq.intake.record import Record


def _unfold(row: Record) -> Iterable[Cells]:
    """Take the first requestor as the customer, whom the others are with, and `Not set` as nothing."""
    first, _, others = row.text("Requestors").partition(",")
    cells = {header: "" if cell == "Not set" else cell for header, cell in row.cells().items()}
    yield cells | {"customer": first, "others": others}


PROFILE = Profile(
    title="RT, results of a search",
    source="rt",
    signature=("id", "Subject", "Requestors"),
    telling=("Requestors", "Told", "LastUpdated", "TimeLeft", "TimeWorked", "AdminCc", "FinalPriority"),
    columns={
        "id": "key",
        "Created": "at",
        "customer": "customer",
        "others": "copied",
        "Subject": "subject",
        "Status": "status",
        "Queue": "team",
        "Owner": "assignee",
        "Resolved": "resolved_at",
    },
    statuses={"rejected": "closed", "deleted": "closed"},
    unfold=_unfold,
)
