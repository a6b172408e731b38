"""What came with messages: their bytes as they were received, and the names of their attachments."""

import json
import zlib
from collections.abc import Iterable

from supportq.store.queue import Queue
from supportq.values import dataclass

ORIGINALS = """
select message.id, original.is_compressed, original.bytes, message.body
from message
left join original on original.message_id = message.id
where message.id in (select value from json_each(:messages))
"""

ENCLOSURES = """
select attachment.message_id, attachment.id, attachment.name, attachment.content_type, blob.size
from attachment
join blob on blob.hash = attachment.hash
where attachment.message_id in (select value from json_each(:messages))
order by attachment.id
"""

RECEIVED = """
select message_id, is_compressed, bytes
from original
where message_id in (select value from json_each(:messages))
"""

CONTENT = """
select blob.bytes
from attachment
join blob on blob.hash = attachment.hash
where attachment.id = :attachment
"""

_HEAD = 1 << 16
"""Bytes that the headers of a mail fit into."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """An attachment without its content."""

    id: int
    name: str
    content_type: str
    size: int


def originals_of(queue: Queue, messages: Iterable[int]) -> dict[int, bytes]:
    """Return each message as it was received; where that is no more than its text, the text."""
    rows = queue.connection.execute(ORIGINALS, {"messages": json.dumps(list(messages))})
    return {number: _original(data, body, is_compressed=bool(packed)) for number, packed, data, body in rows}


def received(queue: Queue, messages: Iterable[int]) -> dict[int, bytes]:
    """Return those of these messages that were received as more than their text."""
    rows = queue.connection.execute(RECEIVED, {"messages": json.dumps(list(messages))})
    return {number: _original(data, "", is_compressed=bool(packed)) for number, packed, data in rows}


def head_of(queue: Queue, message: int) -> bytes:
    """Return the beginning of a message as it was received, which has its headers; nothing for one that is no mail."""
    row = queue.connection.execute(RECEIVED, {"messages": json.dumps([message])}).fetchone()
    if row is None:
        return b""
    _, packed, data = row
    return zlib.decompressobj().decompress(data, _HEAD) if packed else data[:_HEAD]


def content_of(queue: Queue, attachment: int) -> bytes:
    """Return the content of an attachment."""
    data: bytes = queue.connection.execute(CONTENT, {"attachment": attachment}).fetchone()[0]
    return data


def enclosures_of(queue: Queue, messages: Iterable[int]) -> dict[int, list[Enclosure]]:
    """Return the attachments of each message that has some."""
    found: dict[int, list[Enclosure]] = {}
    for message, *rest in queue.connection.execute(ENCLOSURES, {"messages": json.dumps(list(messages))}):
        found.setdefault(message, []).append(Enclosure(*rest))
    return found


def _original(data: bytes | None, body: str, *, is_compressed: bool) -> bytes:
    if data is None:
        return body.encode("utf-8", "surrogateescape")
    return zlib.decompress(data) if is_compressed else data
