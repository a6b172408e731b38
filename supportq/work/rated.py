"""Ratings that customers gave at another desk, as imports tell them: nobody is to get back to anyone because of one."""

from datetime import datetime
from typing import Any

from supportq.model.event import Kind
from supportq.model.inquiry import Inquiry
from supportq.model.ticket import Ticket
from supportq.store.change import Change
from supportq.store.texts import read_texts


def rated_elsewhere(change: Change, inquiry: Inquiry) -> tuple[datetime, dict[str, Any]]:
    """Return when an imported rating was given, and its data; no import moves it to another day.

    A file that does not say when tells it by when the ticket was resolved, or came in.
    """
    at = inquiry.rated_at or inquiry.resolved_at or inquiry.at or change.now
    comment = change.text("reason", inquiry.rating_comment)
    return at, {"rating": inquiry.rating} | ({"comment": comment} if comment else {})


def rate_anew(change: Change, number: int, inquiry: Inquiry) -> None:
    """Record what a newer file says that a ticket was given, if it differs."""
    if inquiry.rating is not None and _is_news(change, change.ticket(number), inquiry):
        at, data = rated_elsewhere(change, inquiry)
        change.record(number, Kind.RATED, at=at, **data)


def _is_news(change: Change, ticket: Ticket, inquiry: Inquiry) -> bool:
    """Tell whether a file says more of a rating than is known; it may leave out when, and in which words."""
    if inquiry.rating != ticket.rating or inquiry.rated_at not in {None, ticket.rated_at}:
        return True
    known = read_texts(change.queue.connection, filter(None, [ticket.comment_id]))
    return inquiry.rating_comment not in {"", known.get(ticket.comment_id or 0, "")}
