"""The ticket that should be worked on now: whose turn it is, and who takes it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from supportq.model.filter import Filter, Key, Term
from supportq.model.selector import Selector
from supportq.settings.values import Agent
from supportq.store.tickets import next_candidates

if TYPE_CHECKING:
    from supportq.store.change import Done, Writer

LINES = (0, 1, 2, 3)


def offered(selector: Selector, me: str | None, agents: Mapping[str, Agent]) -> Filter:
    """Return which tickets may be offered to an agent: theirs and nobody's, of their teams and none, up to their line.

    What the selector says itself is not narrowed. Where nobody stands at a higher line, its tickets are everybody's.
    """
    named = (Term(Key.ID, selector.ids),) if selector.ids else ()
    said = replace(selector.filter, terms=(*named, *selector.filter.terms))
    agent = agents.get(me or "")
    if agent is None:
        return said
    own = [Term(Key.AGENT, (agent.code, None))]
    if agent.teams:
        own.append(Term(Key.TEAM, (*agent.teams, None)))
    if any(other.line > agent.line for other in agents.values()):
        own.append(Term(Key.LINE, tuple(line for line in LINES if line <= agent.line)))
    added = [term for term in own if not (said.mentions(term.key) or selector.names_tickets)]
    return replace(said, terms=(*said.terms, *added))


def take_next(writer: "Writer", criteria: Filter) -> tuple[int | None, "Done"]:
    """Give the first ticket that is offered to the agent, found and given in one transaction; None where there is none.

    Two agents who ask at the same moment never get the same ticket. One that is the agent's already is recorded as
    taken all the same where `@` means another: it becomes the ticket that this agent touched last.
    """
    from supportq.store.change import Done
    from supportq.store.selection import find_last_touched
    from supportq.work.assign import give

    with writer.change("take") as change:
        found = next_candidates(writer.queue, criteria, now=writer.now, limit=1)
        if not found:
            return None, Done(0)
        (number,) = found
        if number == find_last_touched(writer.queue, writer.actor):
            give(change, number, writer.actor)
        else:
            change.alter(number, assignee=writer.actor, opens=True)
        return number, change.store()
