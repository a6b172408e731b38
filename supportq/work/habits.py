"""Habits at work: what the rules of a desk say of an inquiry at the door, or of a ticket that is there."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, Self

from supportq.model.customer import Customer
from supportq.model.event import Event, Kind, in_force
from supportq.model.filter import Facts
from supportq.model.inquiry import Inquiry
from supportq.model.ticket import Priority, Ticket
from supportq.rules.engine import ReadyRule, Step, decide, merged, ready
from supportq.settings.lexicon import lexicon_of
from supportq.settings.values import Settings
from supportq.values import dataclass
from supportq.when.zones import LateZone

FIELDS = frozenset({"team", "line", "priority", "category", "language", "assignee"})
"""What a rule can set; it also adds tags."""

_OPENING = frozenset({"team", "assignee"})


@dataclass(frozen=True, slots=True)
class Habits:
    """The rules of a desk, read once and asked about many tickets."""

    rules: tuple[ReadyRule, ...]
    now: datetime

    @classmethod
    def of(cls, settings: Settings, now: datetime) -> Self:
        """Return the habits that the settings describe."""
        return cls(ready(settings.rules, lexicon_of(settings, now=now, zone=LateZone(settings.zone))), now)

    def about(self, facts: Facts, held: Collection[str]) -> tuple[Step, ...]:
        """Return what the rules do to a ticket, but for the fields that a person or a file has set."""
        return decide(self.rules, facts, self.now, held)

    def about_inquiry(
        self, inquiry: Inquiry, number: int, at: datetime, customer: Customer | None, *, source: str
    ) -> tuple[Step, ...]:
        """Return what the rules do to an inquiry that is about to become a ticket, read from this source."""
        ticket = Ticket(
            id=number,
            created_at=at,
            updated_at=at,
            channel=inquiry.channel,
            customer_id=customer.id if customer else None,
            team=inquiry.team,
            line=1 if inquiry.line is None else inquiry.line,
            priority=inquiry.priority or Priority.NORMAL,
            assignee=inquiry.assignee,
            category=inquiry.category,
            language=inquiry.language,
            tags=tuple(sorted(inquiry.tags)),
            fields=tuple(sorted(inquiry.fields)),
        )
        given = {name for name in FIELDS if getattr(inquiry, name) is not None}
        keys = frozenset(filter(None, (inquiry.key, inquiry.thread)))
        sources = frozenset({source} if keys else ())
        return self.about(Facts(ticket, customer, (inquiry.subject, inquiry.body), sources=sources, keys=keys), given)


def changes_of(steps: Iterable[Step]) -> dict[str, Any]:
    """Return what the rules changed as the data of an event, which tells the fields that are theirs."""
    changes = merged(steps)
    ruled = sorted(FIELDS & changes.keys())
    return changes | ({"ruled": ruled} if ruled else {})


def told(changes: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what rules changed, each as a person would say it: team sales, +refund."""
    plain = tuple(f"{name} {value}" for name, value in changes.items() if name not in {"tags_added", "ruled"})
    return (*plain, *(f"+{tag}" for tag in changes.get("tags_added", ())))


def opens(changes: Collection[str]) -> bool:
    """Tell whether somebody is to look after the ticket from now on: a team or an agent was set."""
    return not _OPENING.isdisjoint(changes)


def held(history: Iterable[Event]) -> frozenset[str]:
    """Return the fields that a person or a file has set, which rules leave as they are."""
    by_hand: set[str] = set()
    for event in in_force(history):
        if event.kind in _SETTING:
            by_hand.update(FIELDS & event.data.keys() - set(event.data.get("ruled", ())))
    return frozenset(by_hand)


_SETTING = frozenset({Kind.CREATED, Kind.CHANGED})
