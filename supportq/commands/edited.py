"""New values for the fields of tickets, as the person who types them means them."""

from collections.abc import Iterable

from supportq.desk import Desk
from supportq.work.fields import Edits, parse_edits


def edits_of(desk: Desk, words: Iterable[str]) -> Edits:
    """Read assignments, in which the agent `me` is who runs this."""
    return parse_edits((f"agent={desk.agent}" if word == "agent=me" else word for word in words), desk.settings)
