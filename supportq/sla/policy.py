"""Policies: which tickets are promised what."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from enum import StrEnum

from supportq.model.clock import ClockKind
from supportq.model.ticket import Priority, Status
from supportq.values import dataclass

PROMISES = {
    "first_response": (ClockKind.FIRST_RESPONSE,),
    "next_response": (ClockKind.NEXT_RESPONSE,),
    "resolution": (ClockKind.RESOLUTION_FIRST, ClockKind.RESOLUTION_TOTAL),
    "update": (ClockKind.UPDATE,),
}
"""What a policy may promise, and the clocks that run for each promise."""

FALLBACKS = {
    Priority.LOW: (Priority.LOW, Priority.NORMAL),
    Priority.NORMAL: (Priority.NORMAL,),
    Priority.HIGH: (Priority.HIGH, Priority.NORMAL),
    Priority.URGENT: (Priority.URGENT, Priority.HIGH, Priority.NORMAL),
}
"""The targets of a promise that count for each priority: the first of them that is there."""


class OnReopen(StrEnum):
    """What a reopened ticket's total resolution does: go on from where it stopped, or start anew."""

    CONTINUE = "continue"
    RESTART = "restart"


@dataclass(frozen=True, slots=True)
class Policy:
    """Targets for the tickets that `when` selects; the first policy that matches counts.

    `targets` maps a clock and a priority to seconds of open time of `hours`; resolution_first and resolution_total
    share one target. `line` is where the policy stands in the settings.
    """

    name: str
    when: str
    hours: str
    targets: Mapping[tuple[ClockKind, Priority], int]
    pause_on: Mapping[ClockKind, frozenset[Status]] = field(default_factory=dict)
    on_reopen: OnReopen = OnReopen.CONTINUE
    line: int = 0


def never_reached(policies: Sequence[Policy]) -> Sequence[Policy]:
    """Return the policies that count for no ticket, since one before them has no filter."""
    first = next((place for place, policy in enumerate(policies) if not policy.when), len(policies))
    return policies[first + 1 :]
