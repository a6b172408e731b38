"""Correct a promise: say for good that it doesn't count."""

from collections.abc import Sequence
from dataclasses import replace

from supportq.errors import NotFound, UsageError
from supportq.model.clock import Clock, ClockKind, Standing, WhyVoid
from supportq.model.event import Kind
from supportq.sla.policy import PROMISES
from supportq.store.change import Change, Done, Writer
from supportq.values import dataclass
from supportq.work.moves import already

WORDS = PROMISES | {kind.value: (kind,) for kind in ClockKind}
"""The words for promises and single clocks, and the clocks that each means."""


@dataclass(frozen=True, slots=True)
class Meant:
    """Which clocks of a ticket are meant: those of one of the WORDS, or the one with that ordinal among them.

    Among several, those that were met are left as they are, unless they are wanted too.
    """

    promise: str
    ordinal: int | None = None
    with_met: bool = False

    def __str__(self) -> str:
        words = self.promise.replace("_", " ")
        return words if self.ordinal is None else f"{words} {self.ordinal}"

    def among(self, clocks: Sequence[Clock]) -> list[Clock]:
        """Return those of a ticket's clocks that are meant."""
        kinds = WORDS[self.promise]
        return [clock for clock in clocks if clock.kind in kinds and self.ordinal in (None, clock.ordinal)]

    def is_the_only_one(self, clocks: Sequence[Clock]) -> bool:
        """Tell whether one clock of a ticket is meant and no other of its kind, so that it was named plainly."""
        kinds = [clock.kind for clock in self.among(clocks)]
        return len(kinds) == len(set(kinds))

    def spares(self, clock: Clock) -> bool:
        """Tell whether a clock among those that are meant stays as it is, since its promise was kept."""
        return clock.standing is Standing.MET and self.ordinal is None and not self.with_met


def correct(writer: Writer, tickets: Sequence[int], meant: Meant, *, reason: str) -> Done:
    """Make the clocks that are meant void for good; a ticket that has none is left alone.

    Raises NotFound where no ticket has one.
    """
    if not reason.strip():
        raise UsageError("a correction stays visible for ever, and so does its reason", 'say it: --reason "..."')
    with writer.change("sla correct", reason=reason) as change:
        change.load(tickets)
        if len(tickets) == 1 and meant.is_the_only_one(change.clocks(tickets[0])):
            meant = replace(meant, with_met=True)
        met = [clock for number in tickets for clock in meant.among(change.clocks(number)) if _is_met(clock)]
        spared = sum(map(meant.spares, met))
        found = [number for number in tickets if _correct(change, number, meant)]
        if not found:
            raise NotFound(*_none(tickets, meant))
        if spared:
            change.warnings.append(_left(spared))
        elif met and len(tickets) > 1:
            change.warnings.append(f"{_clocks(len(met))} met, and won't count as kept any more")
        return change.store()


def _correct(change: Change, number: int, meant: Meant) -> bool:
    clocks = meant.among(change.clocks(number))
    if not clocks:
        change.remark(number, f"has no {meant}", f"have no {meant}")
    elif all(clock.why_void == WhyVoid.CORRECTED for clock in clocks):
        already(change, number, "corrected")
    for kind, ordinal in _voided(clocks, meant):
        change.record(number, Kind.CORRECTED, clock=kind, ordinal=ordinal, reason=change.reason_id)
    return bool(clocks)


def _voided(clocks: Sequence[Clock], meant: Meant) -> list[tuple[ClockKind, int | None]]:
    """Return what becomes void: all clocks of a kind, or by their ordinals those beside one that stays."""
    counting = [clock for clock in clocks if clock.why_void != WhyVoid.CORRECTED]
    parted = {clock.kind for clock in counting if meant.spares(clock)}
    found = {
        (clock.kind, clock.ordinal if clock.kind in parted else meant.ordinal)
        for clock in counting
        if not meant.spares(clock)
    }
    return sorted(found)


def _is_met(clock: Clock) -> bool:
    return clock.standing is Standing.MET


def _clocks(count: int) -> str:
    return "1 of the clocks was" if count == 1 else f"{count} of the clocks were"


def _left(count: int) -> str:
    it, stays = ("it", "it stays") if count == 1 else ("them", "they stay")
    return f"{_clocks(count)} met, so {stays} (void {it} too: --met)"


def _none(tickets: Sequence[int], meant: Meant) -> tuple[str, str]:
    if len(tickets) == 1:
        return f"{tickets[0]} has no {meant}", f"see which clocks it has: supportq sla why {tickets[0]}"
    return f"none of the {len(tickets)} tickets has a {meant}", "see which clocks a ticket has: supportq sla why 17"
