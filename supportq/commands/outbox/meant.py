"""Which messages of the outbox are meant."""

from collections.abc import Sequence
from typing import Annotated

import typer

from supportq.desk import Desk
from supportq.errors import UsageError
from supportq.model.message import Delivery

Messages = Annotated[
    list[str] | None,
    typer.Argument(metavar="[MESSAGES]...", help="Which messages, by their numbers in outbox list, or - for stdin."),
]

InDoubt = Annotated[bool, typer.Option("--in-doubt", help="All that may have been sent, or not.")]


def meant(desk: Desk, messages: Sequence[str] | None, state: Delivery | None = None) -> list[int]:
    """Return the messages that are named, or all of that state; raise UsageError for both or neither."""
    if bool(messages) == bool(state):
        raise UsageError("which messages?", "name them, as outbox list does, or all of a sort: see --help")
    if messages:
        words = [word.strip() for said in messages for word in (desk.streams.stdin if said == "-" else [said])]
        return list(dict.fromkeys(_number(word) for word in words if word))
    from supportq.store.outbox import unsettled
    from supportq.work.outbox import standing

    return [posted.id for posted in unsettled(desk.queue.connection) if standing(posted, desk.now) is state]


def _number(word: str) -> int:
    if not word.isdecimal() or len(word) > 18:
        raise UsageError(f'"{word}" is no number of a message', "see which there are: supportq outbox list")
    return int(word)
