"""Hand tickets to the next line of support, or back to the one before."""

from collections.abc import Iterable, Sequence

from supportq.model.event import Event, Kind, in_force
from supportq.model.filter.lexicon import resolve
from supportq.model.ticket import Ticket
from supportq.store.change import Change, Done, Writer
from supportq.values import dataclass
from supportq.work.moves import Refused

LAST_LINE = 3


@dataclass(frozen=True, slots=True)
class Handover:
    """Where tickets go: to a line or, without one, the next (or with `back` the one before), and to whom there."""

    line: int | None = None
    agent: str | None = None
    back: bool = False


def escalate(writer: Writer, tickets: Sequence[int], handover: Handover, *, reason: str = "") -> Done:
    """Hand tickets over; whoever held them does so no longer, and whoever held them there before gets them back."""
    with writer.change("escalate", reason=reason) as change:
        change.load(tickets)
        for number in tickets:
            _hand_over(change, number, handover)
        return change.store()


def _hand_over(change: Change, number: int, handover: Handover) -> None:
    ticket = change.ticket(number)
    line = _line(ticket, handover)
    if handover.agent is not None:
        agent: str | None = resolve("agent", handover.agent, change.settings.agents)
    else:
        agent = last_holder(change.history(number), line) if line < ticket.line else None
    if (line, agent) == (ticket.line, ticket.assignee):
        raise Refused(f"{number} is at line {line} already", "name another: --line N, --to AGENT")
    change.alter(number, line=line, assignee=agent, opens=True)


def _line(ticket: Ticket, handover: Handover) -> int:
    if handover.line is not None:
        return handover.line
    line = ticket.line + (-1 if handover.back else 1)
    if handover.agent is not None and line > LAST_LINE:
        return ticket.line
    if not 1 <= line <= LAST_LINE:
        raise Refused(f"{ticket.id} is at line {ticket.line}, and there is none beyond", "name one: --line 1, 2 or 3")
    return line


def last_holder(history: Iterable[Event], line: int) -> str | None:
    """Return who held a ticket last while it was at that line, or None where nobody did."""
    at, agent, holder = 1, None, None
    for event in in_force(history):
        if event.kind in {Kind.CREATED, Kind.CHANGED}:
            at, agent = event.data.get("line", at), event.data.get("assignee", agent)
            holder = agent if at == line else holder
    return holder
