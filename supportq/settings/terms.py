"""From settings to terms: policies with their filters ready to be asked about a ticket."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from supportq.model.customer import Customer
from supportq.model.filter import Filter, parse_filter
from supportq.model.filter.matching import Facts, matches
from supportq.model.ticket import Ticket
from supportq.settings.lexicon import lexicon_of
from supportq.settings.values import Settings
from supportq.settings.weights import weights_of
from supportq.sla.policy import Policy
from supportq.sla.terms import Selects, Terms
from supportq.when.zones import LateZone


def terms_of(settings: Settings, settings_id: int, applied_at: datetime) -> Terms:
    """Return the promises that a version of the settings makes."""
    return Terms(
        settings_id=settings_id,
        applied_at=applied_at,
        policies=tuple((policy, _selects(policy, settings, applied_at)) for policy in settings.policies),
        hours=settings.hours,
        warn_fraction=max(settings.warn_at, default=1.0),
        enforce_from=settings.enforce_from,
        weights=weights_of(settings),
    )


def promise_alike(settings: Settings, applied_at: datetime, others: Settings, others_at: datetime) -> bool:
    """Tell whether settings promise the same to the same tickets, wherever their policies stand in the text."""
    return _promised(settings, applied_at) == _promised(others, others_at)


def _promised(settings: Settings, applied_at: datetime) -> tuple[Any, ...]:
    """Return all that the terms of settings are made of."""
    policies = [
        (replace(policy, line=0), _criteria(policy, settings, applied_at), settings.hours[policy.hours])
        for policy in settings.policies
    ]
    return policies, max(settings.warn_at, default=1.0), settings.enforce_from, weights_of(settings)


def _selects(policy: Policy, settings: Settings, now: datetime) -> Selects:
    criteria = _criteria(policy, settings, now)

    def selects(ticket: Ticket, customer: Customer | None) -> bool:
        if not criteria.terms:
            return True
        return matches(criteria, Facts(ticket, customer and customer.as_known(ticket.organisation_id)), now)

    return selects


def _criteria(policy: Policy, settings: Settings, now: datetime) -> Filter:
    return parse_filter(policy.when, lexicon_of(settings, now=now, zone=LateZone(settings.zone)), text=False)
