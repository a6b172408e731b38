"""From settings to terms: policies with their filters ready to be asked about a ticket."""

from datetime import datetime

from supportq.model.customer import Customer
from supportq.model.filter import parse_filter
from supportq.model.filter.matching import Facts, matches
from supportq.model.ticket import Ticket
from supportq.settings.lexicon import lexicon_of
from supportq.settings.values import Settings
from supportq.settings.weights import weights_of
from supportq.sla.policy import Policy
from supportq.sla.terms import Selects, Terms
from supportq.when.zones import LateZone


def terms_of(settings: Settings, settings_id: int, applied_at: datetime, *, takes_back: int | None = None) -> Terms:
    """Return the promises that a version of the settings makes, which may take an earlier version back."""
    return Terms(
        settings_id=settings_id,
        applied_at=applied_at,
        policies=tuple((policy, _selects(policy, settings, applied_at)) for policy in settings.policies),
        hours=settings.hours,
        warn_fraction=max(settings.warn_at, default=1.0),
        enforce_from=settings.enforce_from,
        weights=weights_of(settings),
        takes_back=takes_back,
    )


def _selects(policy: Policy, settings: Settings, now: datetime) -> Selects:
    criteria = parse_filter(policy.when, lexicon_of(settings, now=now, zone=LateZone(settings.zone)), text=False)

    def selects(ticket: Ticket, customer: Customer | None) -> bool:
        if not criteria.terms:
            return True
        return matches(criteria, Facts(ticket, customer and customer.as_known(ticket.organisation_id)), now)

    return selects
