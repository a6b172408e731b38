"""How a ticket ended, as people type it behind --as."""

from supportq.desk import Desk
from supportq.errors import UnknownWord, UsageError
from supportq.model.filter.lexicon import resolve
from supportq.model.ticket import Resolution


def resolution_named(desk: Desk, word: str) -> Resolution:
    """Return the resolution that is meant; raise UsageError for none, and for an agent, who stands before the verb."""
    try:
        return Resolution(resolve("resolution", word, [*Resolution]))
    except UnknownWord as unknown:
        if word not in desk.settings.agents:
            raise
        raise UsageError(
            unknown.cause, *unknown.cures, f"who you are stands before the command: supportq --as {word} ..."
        ) from unknown
