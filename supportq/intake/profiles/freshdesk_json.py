"""Freshdesk: tickets of its API, with their conversations where those were put into them; its words are numbers."""

from collections.abc import Iterable

from supportq.intake.conversation import TOLD, Said, continued, ended_last
from supportq.intake.profile import Cells, Profile
from supportq.intake.record import Record

_COLUMNS = {
    **TOLD,
    "id": "key",
    "created_at": "at",
    "customer name": "name",
    "customer email": "email",
    "customer phone": "phone",
    "customer": "customer",
    "company.name": "organisation",
    "subject": "subject",
    "words": "body",
    "tags": "tags",
    "status": "status",
    "priority": "priority",
    "source": "channel",
    "group.name": "team",
    "responder.email": "assignee",
    "type": "category",
    "stats.resolved_at": "resolved_at",
    "stats.closed_at": "resolved_at",
}
_OUTBOUND = "10"


def _unfold(ticket: Record) -> Iterable[Cells]:
    cells = ticket.cells("conversations", "description", "description_text") | {
        "customer name": ticket.text("requester.name", "name"),
        "customer email": ticket.text("requester.email", "email"),
        "customer phone": ticket.text("requester.phone", "requester.mobile", "phone"),
        "words": _words(ticket, "description_text", "description"),
        "direction": "out" if ticket.text("source") == _OUTBOUND else "in",
    }
    if not cells["customer name"] and not cells["customer email"]:
        cells["customer"] = f"Freshdesk contact {ticket.text('requester_id')}"
    if ticket.text("spam") == "yes":
        cells["status"] = "spam"
    said = sorted(ticket.records("conversations"), key=lambda each: each.text("created_at"))
    return ended_last(_COLUMNS, [cells, *continued(_COLUMNS, cells, [_said(each, ticket) for each in said])])


def _said(found: Record, ticket: Record) -> Said:
    is_customer = found.text("incoming") == "yes"
    is_private = found.text("private") == "yes"
    our_way = "note" if is_private else "out" if found.text("incoming") == "no" else "unknown"
    known = ticket.text("requester.email", "requester.name", "email", "name") if is_customer else ""
    return Said(
        id=found.text("id"),
        at=found.text("created_at"),
        direction="in" if is_customer else our_way,
        body=_words(found, "body_text", "body"),
        author=known or f"Freshdesk {'contact' if is_customer else 'agent'} {found.text('user_id')}",
        attachments=[file.text("name") for file in found.records("attachments")],
    )


def _words(record: Record, plain: str, html: str) -> str:
    from supportq.mail.html import text_of_html

    return record.text(plain) or text_of_html(record.text(html))


PROFILE = Profile(
    title="Freshdesk, tickets of the API",
    source="freshdesk",
    signature=("id", "subject", "status", "priority", "source", "requester_id", "created_at", "updated_at"),
    columns=_COLUMNS,
    statuses={"2": "open", "3": "pending", "4": "resolved", "5": "closed", "6": "pending", "7": "on_hold"},
    priorities={"1": "low", "2": "normal", "3": "high", "4": "urgent"},
    channels={
        "1": "email",
        "2": "self_service",
        "3": "phone",
        "5": "x",
        "6": "facebook",
        "7": "chat",
        "8": "chat",
        "9": "form",
        _OUTBOUND: "email",
    },
    unfold=_unfold,
)
