"""Give tickets to an agent, to nobody, or to whoever in the team has least to do."""

from collections import Counter
from collections.abc import Sequence

from supportq.errors import SupportqError
from supportq.model.filter import Filter, Key, Term
from supportq.model.filter.lexicon import resolve
from supportq.model.ticket import Status, Ticket
from supportq.settings.values import Settings
from supportq.store.change import Change, Done, Writer
from supportq.store.tickets import count_by
from supportq.work.moves import already

ME, NOBODY, LIGHTEST = "me", "none", "auto"

_OWED_BY_US = Filter((Term(Key.STATUS, (Status.NEW, Status.OPEN)),))


def assign(writer: Writer, tickets: Sequence[int], to: str, *, verb: str = "assign", reason: str = "") -> Done:
    """Give tickets to an agent by code, to ME, to NOBODY, or each to the LIGHTEST loaded agent of its team."""
    with writer.change(verb, reason=reason) as change:
        change.load(tickets)
        loads = _loads(change) if to == LIGHTEST else Counter()
        fixed = None if to == LIGHTEST else _code(to, writer)
        for number in tickets:
            ticket = change.ticket(number)
            give(change, number, lightest(ticket, loads, change.settings) if to == LIGHTEST else fixed)
            loads[change.ticket(number).assignee] += 1
        return change.store()


def give(change: Change, number: int, agent: str | None) -> None:
    """Record who works on a ticket from now on, and say from whom it was taken; somebody's ticket is open."""
    holder = change.ticket(number).assignee
    if holder == agent:
        already(change, number, f"{agent}'s" if agent else "nobody's")
        return
    if holder not in {None, change.actor}:
        change.remark(number, f"was {holder}'s", f"were {holder}'s")
    change.alter(number, assignee=agent, **({"opens": True} if agent else {}))


def lightest(ticket: Ticket, loads: Counter[str | None], settings: Settings) -> str:
    """Return who of the ticket's team, at its line or above, holds the fewest tickets that we owe something on."""
    team = [agent for agent in settings.agents.values() if ticket.team in {None, *agent.teams}]
    if not team:
        raise SupportqError(
            f"nobody is in the team {ticket.team}, so {ticket.id} can't be given to any of it",
            "name an agent: supportq assign 17 AGENT      or put one into the team: supportq config edit",
        )
    able = [agent for agent in team if agent.line >= ticket.line] or team
    return min(able, key=lambda agent: loads[agent.code]).code


def _loads(change: Change) -> Counter[str | None]:
    return Counter(dict(count_by(change.queue, _OWED_BY_US, Key.AGENT, now=change.now)))


def _code(to: str, writer: Writer) -> str | None:
    if to == NOBODY:
        return None
    return writer.actor if to == ME else resolve("agent", to, writer.settings.agents)
