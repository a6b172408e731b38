"""What an agent has seen: the revision of each ticket they looked at, kept beside the queue, and what came in since."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from supportq.errors import UsageError
from supportq.store.arrivals import Arrival, arrivals
from supportq.values import dataclass
from supportq.work.state import state_folder

if TYPE_CHECKING:
    from supportq.store.change import Change


@dataclass(frozen=True, slots=True)
class Looks:
    """One agent's looks at one queue, a small file for each ticket."""

    folder: Path

    def remember(self, number: int, revision: int) -> None:
        """Keep that the agent saw a ticket as it stood; a folder that can't be written costs no more than a warning."""
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (self.folder / str(number)).write_text(str(revision), encoding="ascii")

    def revision(self, number: int) -> int | None:
        """Return the revision that the agent saw last, or None for a ticket they never looked at."""
        with suppress(OSError, ValueError):
            return int((self.folder / str(number)).read_text(encoding="ascii"))
        return None

    def of(self, numbers: Iterable[int]) -> dict[int, int]:
        """Return what was seen of these tickets, those left out that were never looked at."""
        found = {number: self.revision(number) for number in numbers}
        return {number: revision for number, revision in found.items() if revision is not None}


def looks_of(environment: Mapping[str, str], queue_id: str, agent: str | None) -> Looks:
    """Return the looks of an agent at the queue of that id."""
    return Looks(state_folder(environment) / "seen" / queue_id / (agent or "nobody"))


class CameIn(UsageError):
    """Something came in since the agent looked; nothing was written."""

    def __init__(self, number: int, arrived: Sequence[Arrival]) -> None:
        self.number = number
        self.arrived = tuple(arrived)
        super().__init__(
            f"{number} changed since you looked at it, so nothing was recorded",
            f"look: supportq show {number}      write all the same: add --yes",
        )


def check_nothing_came_in(change: "Change", number: int, seen: Mapping[int, int]) -> None:
    """Raise CameIn where others did something on the ticket after the revision that was seen."""
    if number in seen:
        arrived = arrivals(change.queue.connection, number, since=seen[number], me=change.actor)
        if arrived:
            raise CameIn(number, arrived)
