"""What was said about one ticket, as rows: the first one is the ticket, the others go on with it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from supportq.intake.profile import Cells

TOLD: Mapping[str, str] = {
    "thread": "thread",
    "direction": "direction",
    "public": "public",
    "author": "author",
    "attachments": "fact",
}
"""The columns that rows of a conversation have beyond those of the ticket."""

ENDING = ("status", "resolved_at", "wake_at", "rating", "rated_at", "rating_comment")
"""The fields that say how a ticket ended."""


class Said(NamedTuple):
    """One message or note: `direction` is a `Way`, and a customer who wrote it is told by `author` too.

    `public` says whether the customer could read it, where the file tells that of what may have been an answer.
    """

    id: str
    at: str
    direction: str
    body: str
    author: str = ""
    public: str = ""
    attachments: Sequence[str] = ()


def conversation(columns: Mapping[str, str], ticket: Cells, said: Sequence[Said]) -> Sequence[Cells]:
    """Return the rows of a ticket whose inquiry is the first of its messages, the earliest first.

    Where nobody knows who wrote that first one, it is taken for what the customer wants all the same.

    How it ended stands in the last row, since it was so when all was said.
    """
    headers = _headers(columns)
    if not said:
        return [ticket]
    inquiry = said[0]._replace(direction="in", author="") if said[0].direction == "unknown" else said[0]
    first = dict(ticket) | _message(headers, inquiry) | {headers["at"]: ticket.get(headers["at"], "") or said[0].at}
    if any(each.direction == "out" for each in said):
        first.pop(headers.get("answered_at", ""), None)
    return ended_last(columns, [first, *continued(columns, ticket, said[1:])])


def continued(columns: Mapping[str, str], ticket: Cells, said: Sequence[Said]) -> Sequence[Cells]:
    """Return the rows of what was said beyond the inquiry, which stands in the ticket's row."""
    headers = _headers(columns)
    key = ticket.get(headers["key"], "")
    channel = {headers["channel"]: ticket.get(headers["channel"], "")} if "channel" in headers else {}
    return [
        {headers["key"]: f"{key}/{each.id}", headers["at"]: each.at, "thread": key} | channel | _message(headers, each)
        for each in said
    ]


def ended_last(columns: Mapping[str, str], rows: Sequence[Cells]) -> Sequence[Cells]:
    """Return the same rows, but how the ticket of the first one ended is said by the last."""
    headers = _headers(columns)
    ending = {headers[field] for field in ENDING if field in headers}
    last = dict(rows[-1]) | {header: cell for header, cell in rows[0].items() if header in ending}
    first = {header: cell for header, cell in rows[0].items() if header not in ending}
    return [first, *rows[1:-1], last] if len(rows) > 1 else rows


def _headers(columns: Mapping[str, str]) -> dict[str, str]:
    """Return the best header of each field."""
    return {field.partition(":")[0]: header for header, field in reversed(list(columns.items()))}


def _message(headers: Mapping[str, str], said: Said) -> dict[str, str]:
    names = ", ".join(said.attachments)
    cells = {headers["body"]: said.body or f"({names or 'no text'})", "attachments": names}
    return cells | {"direction": said.direction, "author": said.author, "public": said.public}
