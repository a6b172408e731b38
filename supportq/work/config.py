"""Apply settings: a new version counts from now on, and running clocks follow it."""

from collections.abc import Callable, Iterator
from datetime import datetime
from difflib import unified_diff

from supportq.errors import SupportqError
from supportq.model.filter import Filter, Key, Term
from supportq.model.ticket import ACTIVE
from supportq.settings.check import Checked
from supportq.settings.values import Settings
from supportq.store import versions
from supportq.store.change import Writer
from supportq.store.queue import Queue
from supportq.store.retarget import Act, Applied, Report, apply_settings, foresee, quietly
from supportq.store.tickets import count
from supportq.values import dataclass


class ChangedMeanwhile(SupportqError):
    """Somebody else applied settings while these were written."""

    def __init__(self, known: int, latest: int) -> None:
        super().__init__(
            f"version {latest} of the settings was applied while you changed version {known}; yours was not",
            f"see what is new: supportq config diff {known}",
        )


class NeedsYes(SupportqError):
    """Somebody is to say yes to what the settings would do; nothing was changed."""

    def __init__(self, foreseen: Applied) -> None:
        super().__init__("these settings need a yes; nothing was changed", "go on: add --yes")
        self.foreseen = foreseen


@dataclass(frozen=True, slots=True)
class Proviso:
    """On what condition settings are applied: which version they are an edit of, and what it takes a yes to do.

    What they would do is reported while it is worked out.
    """

    based_on: int | None = None
    needs_yes: Callable[[Applied], bool] = lambda _: False
    report: Report = quietly


UNCONDITIONAL = Proviso()


def apply(
    writer: Writer,
    checked: Checked,
    proviso: Proviso = UNCONDITIONAL,
    *,
    verb: str = "config apply",
    reason: str = "",
) -> Applied:
    """Make checked settings the version in force, in one transaction with every clock that they move.

    What they move is worked out before that, so that nobody waits for it. Raises ChangedMeanwhile when they are an edit
    of a version that is in force no more, NeedsYes before they count.
    """
    act = Act(verb, writer.actor, writer.now, reason)
    foreseen = foresee(writer.queue, checked, act, proviso.report)
    _check_basis(foreseen.old.latest_id, proviso)
    if proviso.needs_yes(foreseen.applied()):
        raise NeedsYes(foreseen.applied())
    if writer.dry_run:
        return foreseen.applied()
    with writer.queue.writing() as connection:
        _check_basis(versions.latest_id(connection), proviso)
        return apply_settings(writer.queue, checked, act, foreseen)


def left_behind(queue: Queue, before: Settings, after: Settings, *, now: datetime) -> Iterator[str]:
    """Yield each team and agent that settings drop while tickets are theirs: team b (3 tickets)."""
    gone = [(Key.TEAM, team) for team in before.teams if team not in after.teams]
    gone += [(Key.AGENT, agent) for agent in before.agents if agent not in after.agents]
    for key, name in gone:
        tickets = count(queue, Filter((Term(Key.STATUS, tuple(ACTIVE)), Term(key, (name,)))), now=now)
        if tickets:
            yield f"{key} {name} ({tickets} ticket{'s' if tickets > 1 else ''})"


def _check_basis(latest: int, proviso: Proviso) -> None:
    if proviso.based_on is not None and latest != proviso.based_on:
        raise ChangedMeanwhile(proviso.based_on, latest)


def difference(before: str, after: str, *, old: str, new: str) -> Iterator[str]:
    """Yield the lines of a unified diff between two settings texts, called `old` and `new`."""
    return unified_diff(_lines(before), _lines(after), old, new)


def _lines(text: str) -> list[str]:
    return [f"{line}\n" for line in text.splitlines()]
