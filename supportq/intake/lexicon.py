"""What the intake must know of a desk's settings, which stand in a room above it."""

from collections.abc import Mapping
from typing import Protocol


class NamedTeam(Protocol):
    """A team, as far as an import must know it."""

    @property
    def name(self) -> str:
        """Return what people call it."""


class NamedAgent(NamedTeam, Protocol):
    """An agent, as far as an import must know them."""

    @property
    def email(self) -> str:
        """Return the mail address, empty if unknown."""


class CustomField(Protocol):
    """A custom field: what it is called and what it may hold."""

    @property
    def title(self) -> str:
        """Return what people call it."""

    @property
    def type(self) -> str:
        """Return one of: text, number, date, choice, yes_no."""

    @property
    def choices(self) -> tuple[str, ...]:
        """Return the words of a choice."""


class Lexicon(Protocol):
    """The words of a desk; its settings are one."""

    @property
    def teams(self) -> Mapping[str, NamedTeam]:
        """Return the teams by code."""

    @property
    def agents(self) -> Mapping[str, NamedAgent]:
        """Return the agents by code."""

    @property
    def fields(self) -> Mapping[str, CustomField]:
        """Return the custom fields by code."""

    @property
    def categories(self) -> tuple[str, ...]:
        """Return the categories."""

    @property
    def status_words(self) -> Mapping[str, str]:
        """Return further words for statuses."""

    @property
    def priority_words(self) -> Mapping[str, str]:
        """Return further words for priorities."""

    @property
    def import_profiles(self) -> Mapping[str, Mapping[str, str]]:
        """Return the saved profiles: name to column header to field."""
