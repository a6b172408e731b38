"""Which messages of the outbox are meant."""

from collections.abc import Sequence
from typing import Annotated

import typer

from supportq.desk import Desk
from supportq.errors import UsageError

Messages = Annotated[list[int] | None, typer.Argument(help="Which messages, by their numbers in outbox list.")]

InDoubt = Annotated[bool, typer.Option("--in-doubt", help="All that may have been sent, or not.")]


def meant(desk: Desk, messages: Sequence[int] | None, *, in_doubt: bool) -> Sequence[int]:
    """Return the messages that are named, or all that may have been sent; raise UsageError for both or neither."""
    from supportq.model.message import Delivery
    from supportq.store.outbox import unsettled
    from supportq.work.outbox import standing

    if bool(messages) == in_doubt:
        raise UsageError("which messages?", "name them, as outbox list does, or say --in-doubt for all of these")
    if messages:
        return messages
    waiting = unsettled(desk.queue.connection)
    return [posted.id for posted in waiting if standing(posted, desk.now) is Delivery.MAYBE_SENT]
