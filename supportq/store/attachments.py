"""Attachments: stored once by their content, named as they came."""

from collections.abc import Iterable
from functools import cached_property

from supportq.store.change import Change
from supportq.values import dataclass


@dataclass(frozen=True)  # no slots: the hash is kept beside the fields
class Attached:
    """A file that goes with a message; its name is only ever shown, never used as a path."""

    name: str
    data: bytes

    @cached_property
    def hash(self) -> str:
        """Return what tells this content from any other."""
        from hashlib import sha256

        return sha256(self.data).hexdigest()

    @property
    def content_type(self) -> str:
        """Return the media type that the name promises."""
        import mimetypes

        guessed, encoding = mimetypes.guess_type(self.name)
        return guessed if guessed and not encoding else "application/octet-stream"


def keep(change: Change, message_id: int, files: Iterable[Attached]) -> None:
    """Keep files with a message of this change; the same content is stored once."""
    for file in files:
        change.gathered.add("blob", file.hash, len(file.data), file.data)
        change.gathered.add("attachment", message_id, file.name, file.content_type, file.hash)
