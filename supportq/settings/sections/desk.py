"""The desk as a whole: its name, zone and words, and which sections there are."""

from typing import Annotated, Any

from pydantic import Field

from supportq.errors import SupportqError
from supportq.model.ticket import Status
from supportq.settings.draft import Draft, Table
from supportq.when import zone_named

CATEGORIES = ("question", "problem", "complaint", "return", "order", "feedback")

Named = dict[str, dict[str, Any]]
Days = Annotated[int, Field(strict=True, ge=0, le=3650)]


class DeskTable(Table):
    """The top of a settings text; each section is read on its own."""

    name: str = "Support"
    zone: str = "UTC"
    language: str = "en"
    default_team: str | None = None
    reopen_days: Days = 14
    categories: tuple[str, ...] = CATEGORIES
    third_parties: tuple[str, ...] = ()
    mail_lists: tuple[str, ...] = ()
    web_forms: tuple[str, ...] = ()
    agents: Named = Field(default={})
    teams: Named = Field(default={})
    hours: Named = Field(default={})
    sla: dict[str, Any] = Field(default={})
    rules: list[dict[str, Any]] = Field(default=[])
    canned: Named = Field(default={})
    fields: Named = Field(default={})
    views: dict[str, str] = Field(default={})
    organisations: dict[str, str] = Field(default={})
    order: dict[str, Any] = Field(default={})
    cost: dict[str, Any] = Field(default={})
    retention: dict[str, Any] = Field(default={})
    imports: dict[str, Any] = Field(default={}, validation_alias="import")
    mail: dict[str, Any] = Field(default={})
    channels: Named = Field(default={})
    transitions: dict[Status, tuple[Status, ...]] = Field(default={})


def read_desk(draft: Draft) -> DeskTable:
    """Read the top of the text."""
    desk = draft.single(DeskTable)
    if desk.default_team is not None:
        draft.knows(("default_team",), "team", desk.default_team, draft.names("teams"))
    for section in ("agents", "teams", "hours", "fields", "views", "canned"):
        draft.check_names(section)
    return desk


def read_zone(draft: Draft, desk: DeskTable) -> str:
    """Return the desk's time zone, or UTC where it names none that exists."""
    try:
        zone_named(desk.zone)
    except SupportqError as error:
        draft.refuse(("zone",), error)
        return "UTC"
    return desk.zone
