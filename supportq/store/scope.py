"""The part of a queue that a selector means: as one filter, or as a condition that any statement can carry."""

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from supportq.store.conditions import IN_FORCE
from supportq.store.queue import Queue
from supportq.values import dataclass

if TYPE_CHECKING:
    from supportq.model.filter import Filter
    from supportq.model.selector import Selector


@dataclass(frozen=True, slots=True)
class Scope:
    """A condition over the table `ticket`, and the parameters that it names."""

    condition: str = IN_FORCE
    parameters: Mapping[str, Any] = field(default_factory=dict)


EVERYTHING = Scope()


def of_tickets(numbers: Iterable[int]) -> "Filter":
    """Return the filter that means these tickets."""
    from supportq.model.filter import Filter, Key, Term

    return Filter((Term(Key.ID, tuple((number, number) for number in numbers)),))


def criteria_of(queue: Queue, selector: "Selector", *, now: datetime) -> "Filter":
    """Return a selector as one filter; raise NoSuchTicket for a number that isn't there."""
    if not selector.names_tickets:
        return selector.filter
    from supportq.model.filter import Filter, Key, Term
    from supportq.store.selection import tickets_of

    tickets_of(queue, selector, now=now)
    return Filter((Term(Key.ID, selector.ids), *selector.filter.terms))


def scope_of(queue: Queue, selector: "Selector", *, now: datetime) -> Scope:
    """Return the scope of a selector; raise NoSuchTicket for a number that isn't there."""
    if selector.is_empty:
        return EVERYTHING
    from supportq.store.filters import where

    return Scope(*where(criteria_of(queue, selector, now=now), now))


def without_teams(scope: Scope, teams: Iterable[str]) -> Scope:
    """Return a scope less the tickets of these teams; an empty word means the tickets of no team."""
    import json

    left_out = "coalesce(ticket.team, '') not in (select value from json_each(:left_out))"
    return Scope(f"{scope.condition} and {left_out}", {**scope.parameters, "left_out": json.dumps(list(teams))})
