"""Apply settings: a new version counts from now on, and running clocks follow it."""

from collections.abc import Iterator
from difflib import unified_diff

from supportq.errors import SupportqError
from supportq.settings.check import Checked
from supportq.store import versions
from supportq.store.change import Writer
from supportq.store.retarget import Act, Applied, apply_settings


class ChangedMeanwhile(SupportqError):
    """Somebody else applied settings while these were written."""

    def __init__(self, known: int, latest: int) -> None:
        super().__init__(
            f"version {latest} of the settings was applied while you changed version {known}; yours was not",
            f"see what is new: supportq config diff {known}",
        )


def apply(
    writer: Writer, checked: Checked, *, verb: str = "config apply", reason: str = "", based_on: int | None = None
) -> Applied:
    """Make checked settings the version in force, in one transaction with every clock that they move.

    Raises ChangedMeanwhile when they are an edit of a version that is in force no more.
    """
    with writer.queue.writing(dry_run=writer.dry_run) as connection:
        latest = versions.version_ids(connection)[-1]
        if based_on is not None and latest != based_on:
            raise ChangedMeanwhile(based_on, latest)
        return apply_settings(writer.queue, checked, Act(verb, writer.actor, writer.now, reason))


def difference(before: str, after: str, *, old: str, new: str) -> Iterator[str]:
    """Yield the lines of a unified diff between two settings texts, called `old` and `new`."""
    return unified_diff(_lines(before), _lines(after), old, new)


def _lines(text: str) -> list[str]:
    return [f"{line}\n" for line in text.splitlines()]
