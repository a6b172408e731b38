"""Ratings that customers gave at another desk, as imports tell them: nobody is to get back to anyone because of one."""

from datetime import datetime
from typing import Any

from supportq.model.event import Kind
from supportq.model.inquiry import Inquiry
from supportq.store.change import Change


def rated_elsewhere(change: Change, inquiry: Inquiry) -> tuple[datetime, dict[str, Any]]:
    """Return when an imported rating was given, and its data; no import moves it to another day."""
    return inquiry.resolved_at or inquiry.at or change.now, {"rating": inquiry.rating}


def rate_anew(change: Change, number: int, inquiry: Inquiry) -> None:
    """Record what a newer file says that a ticket was given, if it differs."""
    if inquiry.rating is not None and inquiry.rating != change.ticket(number).rating:
        at, data = rated_elsewhere(change, inquiry)
        change.record(number, Kind.RATED, at=at, **data)
