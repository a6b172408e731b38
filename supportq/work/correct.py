"""Correct a promise: say for good that it doesn't count, however it ended."""

from collections.abc import Sequence

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
    """Which clocks of a ticket are meant: those of one of the WORDS, or the one with that ordinal among them."""

    promise: str
    ordinal: int | None = None

    def __str__(self) -> str:
        words = self.promise.replace("_", " ")
        return words if self.ordinal is None else f"{words} {self.ordinal}"

    def among(self, clocks: Sequence[Clock]) -> list[Clock]:
        """Return those of a ticket's clocks that are meant."""
        kinds = WORDS[self.promise]
        return [clock for clock in clocks if clock.kind in kinds and self.ordinal in (None, clock.ordinal)]


def correct(writer: Writer, tickets: Sequence[int], meant: Meant, *, reason: str) -> Done:
    """Make the clocks that are meant void for good; a ticket that has none is left alone.

    Raises NotFound where no ticket has one.
    """
    if not reason.strip():
        raise UsageError("a correction stays visible for ever, and so does its reason", 'say it: --reason "..."')
    with writer.change("sla correct", reason=reason) as change:
        change.load(tickets)
        met = sum(_is_met(clock) for number in tickets for clock in meant.among(change.clocks(number)))
        found = [number for number in tickets if _correct(change, number, meant)]
        if not found:
            raise NotFound(*_none(tickets, meant))
        if met and len(tickets) > 1:
            change.warnings.append(f"{_clocks(met)} met, and won't count as kept any more")
        return change.store()


def _correct(change: Change, number: int, meant: Meant) -> bool:
    clocks = meant.among(change.clocks(number))
    if not clocks:
        change.remark(number, f"has no {meant}", f"have no {meant}")
    elif all(clock.why_void == WhyVoid.CORRECTED for clock in clocks):
        already(change, number, "corrected")
    else:
        for kind in sorted({clock.kind for clock in clocks}):
            change.record(number, Kind.CORRECTED, clock=kind, ordinal=meant.ordinal, reason=change.reason_id)
    return bool(clocks)


def _is_met(clock: Clock) -> bool:
    return clock.standing is Standing.MET


def _clocks(count: int) -> str:
    return "1 of the clocks was" if count == 1 else f"{count} of the clocks were"


def _none(tickets: Sequence[int], meant: Meant) -> tuple[str, str]:
    if len(tickets) == 1:
        return f"{tickets[0]} has no {meant}", f"see which clocks it has: supportq sla why {tickets[0]}"
    return f"none of the {len(tickets)} tickets has a {meant}", "see which clocks a ticket has: supportq sla why 17"
