"""Terms: the promises that one version of the settings makes, ready to be asked about a ticket."""

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import datetime

from supportq.model.clock import ClockKind
from supportq.model.customer import Customer
from supportq.model.ticket import Priority, Status, Ticket
from supportq.sla.deadline import Weights
from supportq.sla.hours import ROUND_THE_CLOCK, Hours
from supportq.sla.policy import OnReopen, Policy
from supportq.values import dataclass

ALWAYS = Hours(name="always", zone="UTC", week=ROUND_THE_CLOCK)
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

_SHARED_TARGET = {ClockKind.RESOLUTION_TOTAL: ClockKind.RESOLUTION_FIRST}


@dataclass(frozen=True, slots=True)
class Promise:
    """What one clock of one ticket was promised: seconds of open time, or None where nothing was."""

    policy: str
    target_s: int | None
    hours: Hours
    pause_on: frozenset[Status]
    on_reopen: OnReopen


Selects = Callable[[Ticket, Customer | None], bool]
Promises = Mapping[ClockKind, Promise]


@dataclass(frozen=True, slots=True)
class Terms:
    """Policies in order, each with the test of its filter; the first that selects a ticket counts.

    `takes_back` is the version that these terms undid, with the breaches that it alone had brought; `last_event` is
    the last one that was recorded before them.
    """

    settings_id: int
    applied_at: datetime
    policies: tuple[tuple[Policy, Selects], ...]
    hours: Mapping[str, Hours]
    warn_fraction: float = 0.9
    enforce_from: datetime | None = None
    weights: Weights = field(default_factory=Weights)
    takes_back: int | None = None
    last_event: int = 0
    _promises: dict[tuple[str, Priority], Promises] = field(default_factory=dict, init=False)

    def policy_for(self, ticket: Ticket, customer: Customer | None) -> Policy:
        """Return the policy that counts for the ticket."""
        for policy, selects in self.policies:
            if selects(ticket, customer):
                return policy
        return SOFT

    def promises(self, policy: Policy, priority: Priority) -> Promises:
        """Return what the policy promises for every kind of clock."""
        key = policy.name, priority
        found = self._promises.get(key)
        if found is None:
            found = self._promises[key] = {kind: self.promise(policy, kind, priority) for kind in ClockKind}
        return found

    def promise(self, policy: Policy, kind: ClockKind, priority: Priority) -> Promise:
        """Return what the policy promises; a response that it leaves open is still promised softly."""
        target = policy.targets.get((_SHARED_TARGET.get(kind, kind), priority))
        if target is None and (kind, priority) in SOFT.targets and policy is not SOFT:
            return self.promise(SOFT, kind, priority)
        hours = ALWAYS if policy is SOFT else self.hours[policy.hours]
        return Promise(policy.name, target, hours, policy.pause_on.get(kind, frozenset()), policy.on_reopen)


@dataclass(slots=True, eq=False)
class Book:
    """The terms of every settings version by its id, each loaded when it is first asked for.

    A version that changes no promise has the terms of an earlier one: of which, `promises_of` tells.
    """

    ids: tuple[int, ...]
    load: Callable[[int], Terms]
    loaded: dict[int, Terms] = field(default_factory=dict)
    promises_of: Mapping[int, int] = field(default_factory=dict)

    def terms(self, settings_id: int) -> Terms:
        """Return the terms of one version."""
        number = self.origin(settings_id)
        found = self.loaded.get(number)
        if found is None:
            found = self.loaded[number] = self.load(number)
        return found

    def origin(self, settings_id: int) -> int:
        """Return the version that made the promises which a version keeps."""
        return self.promises_of.get(settings_id, settings_id)

    @property
    def latest_id(self) -> int:
        """Return the version in force."""
        return self.ids[-1]

    def between(self, earlier: int, later: int) -> tuple[int, ...]:
        """Return the versions applied after one, up to and with another, that made promises of their own."""
        return tuple(number for number in self.ids if earlier < number <= later and number not in self.promises_of)
