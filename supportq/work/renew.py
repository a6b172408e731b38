"""Renew a ticket by the row that it was imported from, which says something else now."""

from datetime import datetime
from typing import Any

from supportq.intake.inquiry import Entry
from supportq.model.event import Kind
from supportq.model.inquiry import Inquiry
from supportq.model.ticket import Status, Ticket
from supportq.store.change import Change
from supportq.store.sources import Known
from supportq.store.texts import read_texts
from supportq.work.alter import new_values
from supportq.work.resolve import mark_resolved

_DONE = frozenset({Status.RESOLVED, Status.CLOSED})


def renew(change: Change, source: str, entry: Entry, known: Known) -> None:
    """Give the ticket what the row says of its fields and its end; what was said before stays as it was said."""
    number, inquiry = known.ticket_id, entry.inquiry
    ticket = change.ticket(number)
    news = new_values(ticket, _edits(change, ticket, inquiry))
    if news:
        change.alter(number, **news)
    if inquiry.status in _DONE and ticket.status_on(change.now).is_active:
        mark_resolved(change, number, at=_ended_at(ticket, inquiry))
    if inquiry.status is Status.CLOSED and ticket.status_on(change.now) is not Status.CLOSED:
        change.record(number, Kind.CLOSED)
    change.gathered.add("source_key", source, inquiry.key, number, known.message_id, entry.digest)


def _edits(change: Change, ticket: Ticket, inquiry: Inquiry) -> dict[str, Any]:
    names = ("team", "line", "priority", "assignee", "category", "language")
    edits = {name: value for name in names if (value := getattr(inquiry, name)) is not None}
    if inquiry.tags:
        edits["tags_added"] = list(inquiry.tags)
    if inquiry.fields:
        edits["fields"] = dict(inquiry.fields)
    if inquiry.subject and inquiry.subject != _subject(change, ticket):
        edits["subject"] = change.text("subject", inquiry.subject)
    return edits


def _subject(change: Change, ticket: Ticket) -> str:
    if ticket.subject_id is None:
        return ""
    return read_texts(change.queue.connection, [ticket.subject_id])[ticket.subject_id]


def _ended_at(ticket: Ticket, inquiry: Inquiry) -> datetime | None:
    """Return when it ended, but not before what is known to have happened to the ticket."""
    if inquiry.resolved_at is None or inquiry.resolved_at < ticket.updated_at:
        return None
    return inquiry.resolved_at
