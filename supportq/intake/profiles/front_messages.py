"""Front: the messages of its API in a file of their own, to be imported after the conversations."""

from collections.abc import Iterable

from supportq.intake.profile import Cells, Profile
from supportq.intake.profiles.front_json import CHANNELS, said
from supportq.intake.record import Record


def _unfold(message: Record) -> Iterable[Cells]:
    told = said(message)
    names = ", ".join(told.attachments)
    yield message.cells("attachments", "recipients") | {
        "thread": message.text("_links.related.conversation").rpartition("/")[2],
        "direction": told.direction,
        "author": told.author,
        "words": told.body or f"({names or 'no text'})",
        "attached": names,
    }


PROFILE = Profile(
    title="Front, messages of the API",
    source="front",
    signature=("id", "type", "is_inbound", "created_at", "blurb", "_links.related.conversation"),
    columns={
        "id": "key",
        "thread": "thread",
        "created_at": "at",
        "direction": "direction",
        "author": "author",
        "subject": "subject",
        "words": "body",
        "type": "channel",
    },
    channels=CHANNELS,
    unfold=_unfold,
    follows=True,
)
