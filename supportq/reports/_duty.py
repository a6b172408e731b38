"""Who is on duty when, by the hours in the settings, and which days are holidays."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cached_property

from supportq.settings.values import Agent, Settings
from supportq.sla.hours import Hours, between, find_holiday
from supportq.values import dataclass


@dataclass(frozen=True)  # no slots: what is read from the settings is kept beside them
class Duty:
    """The hours of a desk's people."""

    settings: Settings

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return how much time all agents together have: each as long as one of their teams is open."""
        opened = {hours.name: between(hours, start, end) for hours in self._hours}
        return sum((max(opened[name] for name in names) for names in self._shifts), timedelta())

    def is_holiday(self, on: date) -> bool:
        """Tell whether a date is a holiday in all hours in use that ever close."""
        closing = [hours for hours in self._hours if not hours.never_closes]
        return bool(closing) and all(find_holiday(hours, on) for hours in closing)

    @cached_property
    def _shifts(self) -> list[Sequence[str]]:
        return [self._names(agent) for agent in self.settings.agents.values()]

    @cached_property
    def _hours(self) -> list[Hours]:
        return [self.settings.hours[name] for name in sorted({name for names in self._shifts for name in names})]

    def _names(self, agent: Agent) -> Sequence[str]:
        """Return the hours of an agent's teams; of one in no team, those of the policy that is everybody's."""
        teams = self.settings.teams
        return [teams[team].hours for team in agent.teams] or [self.settings.policies[-1].hours]
