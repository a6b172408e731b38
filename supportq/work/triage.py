"""Triage: look at what is new, and say who looks after it; by rules, by values, or ticket by ticket."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from supportq.model.event import Kind
from supportq.model.filter import Facts
from supportq.model.ticket import Status
from supportq.rules.engine import Step
from supportq.store.change import Change, Done, Writer
from supportq.store.facts import facts_of
from supportq.store.histories import read_histories
from supportq.store.queue import Queue
from supportq.work.alter import new_values
from supportq.work.habits import Habits, changes_of, held, opens
from supportq.work.seen import check_nothing_came_in

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the rules did: the steps that changed something, by ticket, and how many tickets are still new."""

    done: Done
    steps: tuple[tuple[int, Step], ...] = ()
    undecided: int = 0


def triage_by_rules(writer: Writer, tickets: Sequence[int]) -> Ruled:
    """Let the rules decide about tickets; what a person has set stays as it is."""
    steps: list[tuple[int, Step]] = []
    with writer.change("triage") as change:
        habits = Habits.of(change.settings, change.now)
        for start in range(0, len(tickets), _BATCH):
            steps += rule(change, habits, tickets[start : start + _BATCH])
        undecided = sum(change.ticket(number).status is Status.NEW for number in tickets)
        return Ruled(change.store(), tuple(steps), undecided)


def rule(change: Change, habits: Habits, tickets: Sequence[int]) -> list[tuple[int, Step]]:
    """Let the rules decide about tickets by all that was said so far; return the steps that changed something."""
    change.load(tickets)
    telling: list[tuple[int, Step]] = []
    for number, facts in facts_of(change.queue, tickets, now=change.now).items():
        steps = habits.about(facts, held(change.history(number)))
        changes = changes_of(steps)
        if changes:
            change.record(number, Kind.CHANGED, **changes, opens=opens(changes) or None)
        telling += [(number, step) for step in steps if step.changes]
    return telling


def triage(
    writer: Writer, tickets: Sequence[int], edits: Mapping[str, Any], *, seen: Mapping[int, int] | None = None
) -> Done:
    """Give tickets these values; whoever was new has been looked at now, and is open.

    `seen` holds the revision of a ticket that the agent looked at, where it matters; raises CameIn after it.
    """
    with writer.change("triage") as change:
        change.load(tickets)
        for number in tickets:
            check_nothing_came_in(change, number, seen or {})
            ticket = change.ticket(number)
            news = new_values(ticket, dict(edits)) | ({"opens": True} if ticket.status is Status.NEW else {})
            if news:
                change.alter(number, **news)
        return change.store()


def suggested(queue: Queue, habits: Habits, number: int) -> tuple[Facts, dict[str, Any]] | None:
    """Return what is known of a ticket and what the rules would change about it; None once it is not new any more."""
    facts = facts_of(queue, [number], now=habits.now).get(number)
    if facts is None or facts.ticket.status is not Status.NEW:
        return None
    return facts, changes_of(habits.about(facts, held(read_histories(queue.connection, [number])[number])))
