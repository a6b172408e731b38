"""How the desk stands, in a few figures."""

from datetime import datetime

from supportq.model.filter import Filter, Key, Term
from supportq.model.filter.terms import Promise, Trait
from supportq.model.ticket import ACTIVE, Status
from supportq.store.queue import Queue
from supportq.store.tickets import count
from supportq.values import dataclass

TO_FOLLOW_UP = Filter((Term(Key.HAS, (Trait.FOLLOW_UP,)),))
"""Tickets whose customer somebody is to get back to, such as one who was not satisfied."""

_ACTIVE = Term(Key.STATUS, tuple(status for status in Status if status in ACTIVE))


@dataclass(frozen=True, slots=True)
class Figure:
    """How many tickets there are of a sort, and the words that list them."""

    title: str
    count: int
    words: str


def figures(queue: Queue, *, me: str | None, now: datetime) -> tuple[Figure, ...]:
    """Return how many tickets are open, without an agent, at risk, late, to be followed up if any, and this agent's."""

    def figure(title: str, words: str, *terms: Term) -> Figure:
        return Figure(title, count(queue, Filter((_ACTIVE, *terms)), now=now), words)

    follow_ups = Figure("follow-ups", count(queue, TO_FOLLOW_UP, now=now), "supportq list has:follow-up")
    return (
        figure("open", "supportq list"),
        figure("unassigned", "supportq list agent:none", Term(Key.AGENT, (None,))),
        figure("at risk", "supportq list sla:at-risk", Term(Key.SLA, (Promise.AT_RISK,))),
        figure("late", "supportq list sla:late", Term(Key.SLA, (Promise.LATE,))),
        *([follow_ups] if follow_ups.count else []),
        *([figure("yours", "supportq list agent:me", Term(Key.AGENT, (me,)))] if me else []),
    )


def next_step(queue: Queue, found: tuple[Figure, ...], *, now: datetime) -> str:
    """Return the command that is worth typing now."""
    if count(queue, Filter((Term(Key.STATUS, (Status.NEW,)),)), now=now):
        return "supportq triage"
    if found[0].count:
        return "supportq next --take"
    return "supportq log" if count(queue, Filter(), now=now) else "supportq import FILE, or supportq log"
