"""The attachments of a queue: which there are, and what is in them."""

import json
from collections.abc import Iterable

from supportq.store.queue import Queue
from supportq.store.scope import Scope
from supportq.values import dataclass

IN_SCOPE = """
select attachment.id, message.ticket_id, message.id, message.at, attachment.name, attachment.content_type, blob.size
from ticket
join message on message.ticket_id = ticket.id and message.undone = 0
join attachment on attachment.message_id = message.id
join blob on blob.hash = attachment.hash
where {scope}
order by attachment.id
"""

NAMED = """
select attachment.id, attachment.name
from attachment
join message on message.id = attachment.message_id and message.undone = 0
where attachment.id in (select value from json_each(:ids))
"""


@dataclass(frozen=True, slots=True)
class Stowed:
    """An attachment where it lies; its moment is that of its message, in its stored form."""

    id: int
    ticket_id: int
    message_id: int
    at: str
    name: str
    content_type: str
    size: int


def attachments_in(queue: Queue, scope: Scope) -> list[Stowed]:
    """Return the attachments of the tickets of a scope, as they came."""
    rows = queue.connection.execute(IN_SCOPE.format(scope=scope.condition), dict(scope.parameters))
    return [Stowed(*row) for row in rows]


def names_of(queue: Queue, ids: Iterable[int]) -> dict[int, str]:
    """Return what these attachments are called, those left out that are not there."""
    return dict(queue.connection.execute(NAMED, {"ids": json.dumps(list(ids))}).fetchall())
