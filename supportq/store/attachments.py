"""Attachments: stored once by their content, named as they came."""

from collections.abc import Iterable

from supportq.model.mail import Enclosure
from supportq.store.change import Change
from supportq.values import dataclass


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that an agent adds to a message; its name is only ever shown, never used as a path."""

    name: str
    data: bytes

    @property
    def content_type(self) -> str:
        """Return the media type that the name promises."""
        import mimetypes

        guessed, encoding = mimetypes.guess_type(self.name)
        return guessed if guessed and not encoding else "application/octet-stream"


def keep(change: Change, message_id: int, files: Iterable[Attached | Enclosure]) -> None:
    """Keep files with a message of this change; the same content is stored once."""
    for file in files:
        digest = _digest(file.data)
        change.gathered.add("blob", digest, len(file.data), file.data)
        change.gathered.add("attachment", message_id, file.name, file.content_type, digest)


def _digest(data: bytes) -> str:
    from hashlib import sha256

    return sha256(data).hexdigest()
