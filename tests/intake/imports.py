"""A small desk, and files as text, for tests of the intake."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from supportq.intake.inquiry import Entry, Reject
from supportq.intake.lexicon import Lexicon
from supportq.intake.reading import ImportOptions, Reading, open_inquiries
from supportq.intake.source import Source
from supportq.model.inquiry import Inquiry
from supportq.settings.values import Agent, FieldType, Settings, Team

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
OPTIONS = ImportOptions(now=NOW, zone=ZoneInfo("Europe/Berlin"))


@dataclass(frozen=True)
class Words:
    """The part of a desk's settings that an import looks at."""

    teams: Mapping[str, Team] = field(default_factory=lambda: {"sales": Team("sales", "Sales & Orders", "office")})
    agents: Mapping[str, Agent] = field(default_factory=lambda: {"ann": Agent("ann", "Ann Lee", "ann@desk.example")})
    fields: Mapping[str, FieldType] = field(
        default_factory=lambda: {
            "order": FieldType("order", "Order number"),
            "loom": FieldType("loom", "Loom", "choice", ("Fjord", "Atlas")),
            "weight": FieldType("weight", "Weight", "number"),
            "bought": FieldType("bought", "Bought on", "date"),
            "member": FieldType("member", "Member", "yes_no"),
        }
    )
    categories: tuple[str, ...] = ("order", "return")
    status_words: Mapping[str, str] = field(default_factory=lambda: {"Erledigt am Telefon": "resolved"})
    priority_words: Mapping[str, str] = field(default_factory=lambda: {"P1": "urgent"})
    import_profiles: Mapping[str, Mapping[str, str]] = field(
        default_factory=lambda: {"shop": {"Kunde wollte": "body", "Bestellung": "field.order", "Absent": "tags"}}
    )


DESK = Words()


def lexicon_of(settings: Settings) -> Lexicon:
    """Show to the type checker that a desk's settings are what an import asks for."""
    return settings


def reading(data: str | bytes, name: str = "inquiries.csv", **options: Any) -> Reading:
    """Open text or bytes as a file of that name."""
    written = data.encode() if isinstance(data, str) else data
    return open_inquiries(Source(name, io.BytesIO(written)), replace(OPTIONS, **options), DESK)


def rows(data: str | bytes, name: str = "inquiries.csv", **options: Any) -> list[Entry | Reject]:
    """Return all rows of a file."""
    return list(reading(data, name, **options))


def inquiries(data: str | bytes, name: str = "inquiries.csv", **options: Any) -> list[Inquiry]:
    """Return all inquiries of a file in which nothing is rejected."""
    found = rows(data, name, **options)
    assert [row for row in found if isinstance(row, Reject)] == []
    return [row.inquiry for row in found if isinstance(row, Entry)]


def rejects(data: str | bytes, name: str = "inquiries.csv", **options: Any) -> list[tuple[int, str]]:
    """Return line and reason of all rejects of a file."""
    return [(row.line, row.reason) for row in rows(data, name, **options) if isinstance(row, Reject)]
