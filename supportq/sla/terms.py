"""Terms: the promises that one version of the settings makes, ready to be asked about a ticket."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from supportq.model.clock import ClockKind
from supportq.model.customer import Customer
from supportq.model.ticket import Priority, Status, Ticket
from supportq.sla.deadline import Weights
from supportq.sla.hours import Hours
from supportq.sla.policy import OnReopen, Policy

ALWAYS = Hours(name="always", zone="UTC", week=(((0, 1440),),) * 7)
"""Around the clock."""

SOFT_ANSWER_S = 7 * 86_400
SOFT = Policy(
    name="soft",
    when="",
    hours=ALWAYS.name,
    targets={
        (kind, priority): SOFT_ANSWER_S
        for kind in (ClockKind.FIRST_RESPONSE, ClockKind.NEXT_RESPONSE)
        for priority in Priority
    },
)
"""The promise behind all others: within seven days, every inquiry is answered."""

_SHARED_TARGET = {
    ClockKind.RESOLUTION_FIRST: ClockKind.RESOLUTION_FIRST,
    ClockKind.RESOLUTION_TOTAL: ClockKind.RESOLUTION_FIRST,
}


@dataclass(frozen=True, slots=True)
class Promise:
    """What one clock of one ticket was promised: seconds of open time, or None where nothing was."""

    policy: str
    target_s: int | None
    hours: Hours
    pause_on: frozenset[Status]
    on_reopen: OnReopen


Selects = Callable[[Ticket, Customer | None], bool]


@dataclass(frozen=True, slots=True)
class Terms:
    """Policies in order, each with the test of its filter; the first that selects a ticket counts."""

    settings_id: int
    applied_at: datetime
    policies: tuple[tuple[Policy, Selects], ...]
    hours: Mapping[str, Hours]
    warn_fraction: float = 0.9
    enforce_from: datetime | None = None
    weights: Weights = field(default_factory=Weights)

    def policy_for(self, ticket: Ticket, customer: Customer | None) -> Policy:
        """Return the policy that counts for the ticket."""
        return next((policy for policy, selects in self.policies if selects(ticket, customer)), SOFT)

    def promise(self, policy: Policy, kind: ClockKind, priority: Priority) -> Promise:
        """Return what the policy promises; a response that it leaves open is still promised softly."""
        target = policy.targets.get((_SHARED_TARGET.get(kind, kind), priority))
        if target is None and policy is not SOFT:
            soft = self.promise(SOFT, kind, priority)
            if soft.target_s is not None:
                return soft
        hours = ALWAYS if policy is SOFT else self.hours[policy.hours]
        return Promise(policy.name, target, hours, policy.pause_on.get(kind, frozenset()), policy.on_reopen)


@dataclass(slots=True, eq=False)
class Book:
    """The terms of every settings version by its id, each loaded when it is first asked for."""

    ids: tuple[int, ...]
    load: Callable[[int], Terms]
    loaded: dict[int, Terms] = field(default_factory=dict)

    def terms(self, settings_id: int) -> Terms:
        """Return the terms of one version."""
        if settings_id not in self.loaded:
            self.loaded[settings_id] = self.load(settings_id)
        return self.loaded[settings_id]

    @property
    def latest_id(self) -> int:
        """Return the version in force."""
        return self.ids[-1]

    def between(self, earlier: int, later: int) -> tuple[int, ...]:
        """Return the versions applied after one, up to and with another."""
        return tuple(number for number in self.ids if earlier < number <= later)
