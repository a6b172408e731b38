"""How many promises were kept."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain

from supportq.model.clock import ClockKind, WhyVoid
from supportq.model.table import Cell, Column, Kind, Row, Table
from supportq.reports import _groups
from supportq.reports._groups import Group
from supportq.reports._question import Question
from supportq.store import verdicts
from supportq.store.grouping import Told
from supportq.store.queue import Queue

KEYS = _groups.KEYS
MAIN = ("rate",)

Line = tuple[Group, str, str]
"""Where a verdict counts: the group, the kind of clock, and what became of the promise."""

EVERY_CLOCK = "every_clock"
"""Stands for a whole ticket: met when every promise about it that was decided in the period was kept."""

CORRECTED = WhyVoid.CORRECTED.value

_ALWAYS_TOLD = tuple(kind.value for kind in ClockKind if kind is not ClockKind.UPDATE)


def build(queue: Queue, question: Question) -> Table:
    """The share of promises met among those that were met or missed, for each kind of clock.

    n is met plus missed, and a running clock that is past due counts as missed. Missed ones are told apart by cause:
    late, where time went by, and moved (retarget), where a change moved the due moment into the past. A clock is dated
    by its stop where it was met and by its breach where it was missed, and counts under the team, agent and priority
    that held the ticket then. Void clocks (among them those that somebody corrected, which are told apart too), those
    without data and those that still run in time (runs) are left out and counted apart. So are the clocks of merged,
    spam and automatic tickets (aside), but for those that were missed: they stay in.
    The line every_clock counts tickets: met are those of whose clocks that were decided in the period none was missed;
    that of an answer is void where a ticket was resolved in time without one. Each ticket counts once, where its last
    such clock does, and by tag once under each.
    """
    span = question.span
    return attainment(chain(verdicts.iter_fates(queue, span), verdicts.iter_tickets(queue, span)), question)


def by_ticket(queue: Queue, question: Question) -> Table:
    """Return the line of whole tickets alone: other lines tell of no promise."""
    return attainment(verdicts.iter_tickets(queue, question.span), question)


def sql(question: Question) -> str:
    """Return the statement that counts promises by what became of them."""
    return verdicts.query(question.span)


def attainment(fates: Iterable[Told], question: Question) -> Table:
    """Return the share of promises kept, from rows of the group, the kind of clock, its fate, and how many they are."""
    counts = Counter[Line]()
    for *group, kind, fate, count in fates:
        counts[tuple(group), kind, fate] += count
    groups = _groups.ordered(question, (group for group, _, _ in counts))
    seen = {kind for _, kind, _ in counts}
    kinds = [*_ALWAYS_TOLD, *(["update"] if "update" in seen else []), EVERY_CLOCK]
    return Table(
        (*_groups.columns(question), *_COLUMNS),
        [row for group in groups for row in _rows(group, kinds, counts)],
        title="SLA attainment",
        caption=_groups.caption(question, "aside: merged, spam, automatic", _told_of_corrections(counts)),
        group=question.by[0] if question.by else "",
    )


def _told_of_corrections(counts: Counter[Line]) -> str:
    corrected = sum(count for (_, _, fate), count in counts.items() if fate == CORRECTED)
    return f"{corrected} corrected" if corrected else ""


def _rows(group: Group, kinds: Iterable[str], counts: Counter[Line]) -> Iterator[Row]:
    for kind in kinds:
        met, *missed = (counts[group, kind, fate] for fate in ("met", "late", "retarget"))
        n = met + sum(missed)
        corrected = counts[group, kind, CORRECTED]
        void: Row = (counts[group, kind, "void"] + corrected, corrected)
        left_out: Row = tuple(counts[group, kind, fate] for fate in _LEFT_OUT)
        rate: Cell = met / n if n else None
        yield (*group, kind, rate, n, met, *missed, *void, *left_out)


_LEFT_OUT = ("no_data", "running", "outside")
_COLUMNS = (
    Column("clock", "Clock", Kind.CLOCK),
    Column("rate", "Kept", Kind.RATE),
    Column("n", "n", Kind.NUMBER),
    Column("met", "Met", Kind.NUMBER),
    Column("late", "Late", Kind.NUMBER),
    Column("retarget", "Moved", Kind.NUMBER),
    Column("void", "Void", Kind.NUMBER, faint=True),
    Column("corrected", "Corrected", Kind.NUMBER, faint=True, shown=False),
    Column("no_data", "No data", Kind.NUMBER, faint=True),
    Column("running", "Runs", Kind.NUMBER, faint=True),
    Column("outside", "Aside", Kind.NUMBER, faint=True),
)
