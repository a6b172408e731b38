"""The one ticket that a command explains."""

from supportq.desk import Desk
from supportq.errors import UsageError


def single_ticket(desk: Desk, word: str, *, text: bool = True) -> int:
    """Return the ticket that a word selects; raise UsageError where that is none or several.

    A bare word searches text, or is refused without `text`.
    """
    from supportq.store.selection import tickets_of

    numbers = tickets_of(desk.queue, desk.read([word], text=text), now=desk.now)
    if len(numbers) != 1:
        raise UsageError(f"{len(numbers)} tickets match; this takes one", f"look: supportq list {word}")
    return numbers[0]
