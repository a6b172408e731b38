"""How many people it takes to answer calls while callers wait: Erlang C.

Calls come by chance at a steady rate, each is answered by whoever is free, and nobody hangs up (A. K. Erlang, 1917).
The load is the rate times the handling time, in Erlangs: so many people it would keep busy if calls came in turn.
"""

from math import exp

ANSWERED = 0.8
"""The usual promise: four in five within twenty seconds."""

AT_ONCE_S = 20


def waiting(agents: int, load: float) -> float:
    """Return which part of the callers has to wait: all of them where there is more work than hands."""
    if agents <= load:
        return 1.0
    lost = 1.0
    for count in range(1, agents + 1):
        lost = load * lost / (count + load * lost)
    return agents * lost / (agents - load * (1 - lost))


def service(agents: int, load: float, handling_s: float, within_s: float) -> float:
    """Return which part of the callers is answered within so many seconds."""
    if agents <= load:
        return 0.0
    return 1 - waiting(agents, load) * exp(-(agents - load) * within_s / handling_s)


def agents_needed(load: float, handling_s: float, within_s: float = AT_ONCE_S, answered: float = ANSWERED) -> int:
    """Return the fewest people who answer such a part of the callers within so many seconds."""
    if load <= 0:
        return 0
    agents = int(load) + 1
    while service(agents, load, handling_s, within_s) < answered:
        agents += 1
    return agents
