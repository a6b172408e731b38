"""Attachments: stored once by their content, named as they came."""

from collections.abc import Iterable
from functools import cached_property

from supportq.store.change import Change
from supportq.values import dataclass

INSERT_BLOB = "insert into blob (hash, size, bytes) values (?, ?, ?) on conflict (hash) do nothing"

INSERT_ATTACHMENT = "insert into attachment (message_id, name, content_type, hash) values (?, ?, ?, ?)"


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
    connection = change.queue.connection
    for file in files:
        connection.execute(INSERT_BLOB, (file.hash, len(file.data), file.data))
        connection.execute(INSERT_ATTACHMENT, (message_id, file.name, file.content_type, file.hash))
