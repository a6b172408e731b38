"""Zammad: the articles of its API in a file of their own, to be imported after the tickets."""

from collections.abc import Iterable

from supportq.intake.profile import Cells, Profile
from supportq.intake.profiles.zammad_json import said, thread_of
from supportq.intake.record import Record


def _unfold(article: Record) -> Iterable[Cells]:
    told = said(article)
    names = ", ".join(told.attachments)
    yield article.cells("attachments") | {
        "key": f"article {told.id}",
        "thread": thread_of(article.text("ticket_id")),
        "direction": told.direction,
        "public": told.public,
        "author": told.author,
        "body": told.body or f"({names or 'no text'})",
        "attachments": names,
    }


PROFILE = Profile(
    title="Zammad, articles of the API",
    source="zammad",
    signature=("id", "ticket_id", "sender", "type", "body", "internal", "created_at"),
    columns={
        "key": "key",
        "thread": "thread",
        "created_at": "at",
        "direction": "direction",
        "public": "public",
        "author": "author",
        "subject": "subject",
        "body": "body",
        "type": "channel",
    },
    unfold=_unfold,
    follows=True,
)
