"""Zammad: tickets of its API with `expand=true`, with their articles where those were put into them."""

from collections.abc import Iterable

from supportq.intake.conversation import TOLD, Said, conversation
from supportq.intake.profile import Cells, Profile
from supportq.intake.profiles.zammad import PRIORITIES, STATES
from supportq.intake.record import Record

_COLUMNS = {
    **TOLD,
    "number": "key",
    "created_at": "at",
    "customer": "customer",
    "organization": "organisation",
    "title": "subject",
    "body": "body",
    "tags": "tags",
    "state": "status",
    "priority": "priority",
    "create_article_type": "channel",
    "group": "team",
    "owner": "assignee",
    "first_response_at": "answered_at",
    "close_at": "resolved_at",
    "waits until": "wake_at",
}


_WAYS = {"Customer": "in", "Agent": "out", "System": "automatic"}


def _unfold(ticket: Record) -> Iterable[Cells]:
    """Return a ticket with its articles; of what is pending, only a reminder brings it back, and a close ends it."""
    cells = ticket.cells("articles") | {"body": "", "thread": thread_of(ticket.text("id"))}
    if ticket.text("state") == "pending reminder":
        cells["waits until"] = ticket.text("pending_time")
    return conversation(_COLUMNS, cells, [said(article) for article in ticket.records("articles")])


def thread_of(ticket: str) -> str:
    """Return how articles in a file of their own name their ticket, which has another number for people."""
    return f"ticket {ticket}"


def said(article: Record) -> Said:
    """Read an article: internal ones are notes, and so is what the system wrote but for the mails that it sent."""
    is_html = article.text("content_type") == "text/html"
    is_aside = article.text("sender") == "System" and article.text("type") != "email"
    is_hidden = article.text("internal") == "yes" or is_aside
    return Said(
        id=article.text("id"),
        at=article.text("created_at"),
        direction=_WAYS.get(article.text("sender"), "unknown"),
        public="no" if is_hidden else "",
        body=_plain(article.text("body")) if is_html else article.text("body"),
        author=article.text("created_by", "from"),
        attachments=[file.text("filename") for file in article.records("attachments")],
    )


def _plain(html: str) -> str:
    from supportq.mail.html import text_of_html

    return text_of_html(html)


PROFILE = Profile(
    title="Zammad, tickets of the API",
    source="zammad",
    signature=("id", "number", "title", "state", "priority", "group", "owner", "customer", "created_at"),
    columns=_COLUMNS,
    statuses=STATES,
    priorities=PRIORITIES,
    unfold=_unfold,
)
