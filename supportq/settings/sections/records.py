"""What the desk keeps of a ticket: custom fields, the order of work, and the words of imports."""

from datetime import timedelta
from typing import Literal

from pydantic import Field

from supportq.errors import SupportqError
from supportq.intake.fields import parse_target
from supportq.model.ticket import Priority, Status
from supportq.settings.draft import Draft, Table
from supportq.settings.faults import Path
from supportq.settings.values import FieldType, Order
from supportq.when import parse_duration


class FieldTable(Table):
    """What a settings text says of a custom field."""

    title: str = ""
    type: Literal["text", "number", "date", "choice", "yes_no"] = "text"
    choices: tuple[str, ...] = ()


class OrderTable(Table):
    """By how much something is worked on earlier than it is due."""

    priority: dict[Priority, str] = Field(default={})
    standing: dict[str, str] = Field(default={})
    reopened: str | None = None
    reply_failed: str | None = None


class WordsTable(Table):
    """What other systems call our statuses and priorities."""

    status: dict[str, Status] = Field(default={})
    priority: dict[str, Priority] = Field(default={})


class ImportTable(Table):
    """What a settings text says of imports; a profile names the field of each column."""

    words: WordsTable = WordsTable()
    profiles: dict[str, dict[str, str]] = Field(default={})


def read_fields(draft: Draft) -> dict[str, FieldType]:
    """Read the custom fields."""
    fields = {}
    for code, raw in draft.tables("fields").items():
        path: Path = ("fields", code)
        table = draft.table(FieldTable, raw, path)
        if (table.type == "choice") != bool(table.choices):
            draft.fault(path, "choices and the type choice go together", 'type = "choice" and choices = ["a", "b"]')
        fields[code] = FieldType(code, table.title or code.capitalize(), table.type, table.choices)
    return fields


def read_order(draft: Draft) -> Order:
    """Read what is worked on earlier, and by how much."""
    path: Path = ("order",)
    table = draft.single(OrderTable, "order")
    return Order(
        priority={str(word): _seconds(draft, (*path, "priority", word), text) for word, text in table.priority.items()},
        reopened_s=_seconds(draft, (*path, "reopened"), table.reopened),
        reply_failed_s=_seconds(draft, (*path, "reply_failed"), table.reply_failed),
        standing={word: _seconds(draft, (*path, "standing", word), text) for word, text in table.standing.items()},
    )


def check_organisations(draft: Draft, organisations: dict[str, str]) -> None:
    """Note the organisations whose standing is not declared under `order.standing`."""
    for name, standing in organisations.items():
        draft.knows(("organisations", name), "standing", standing, draft.names("order", "standing"))


def read_imports(draft: Draft) -> ImportTable:
    """Read the words and profiles of imports."""
    table = draft.single(ImportTable, "import")
    for name, columns in table.profiles.items():
        for column, target in columns.items():
            _check_target(draft, ("import", "profiles", name, column), target)
    return table


def _check_target(draft: Draft, path: Path, target: str) -> None:
    try:
        parse_target(target, draft.names("fields"))
    except SupportqError as error:
        draft.refuse(path, error)


def _seconds(draft: Draft, path: Path, text: str | None) -> int:
    try:
        return parse_duration(text) // timedelta(seconds=1) if text else 0
    except SupportqError as error:
        draft.refuse(path, error)
        return 0
