"""What an agent has seen of a ticket, and what came in since."""

from collections.abc import Sequence

from supportq.desk import Desk
from supportq.store.desk import queue_id
from supportq.store.tickets import revisions_of
from supportq.work.seen import CameIn, Looks, looks_of


def looks(desk: Desk) -> Looks:
    """Return where this agent's looks at this queue are kept."""
    return looks_of(desk.environment, queue_id(desk.queue.connection), desk.known)


def look_at(desk: Desk, tickets: Sequence[int]) -> None:
    """Remember that the agent saw these tickets as they stand; the queue itself is not changed."""
    kept = looks(desk)
    for number, revision in revisions_of(desk.queue, tickets).items():
        kept.remember(number, revision)


def told_since(desk: Desk, news: CameIn) -> list[str]:
    """Return what came in since the agent looked, line by line."""
    from supportq.when import format_local
    from supportq.work.story import told

    lines = [f"Since you looked at {news.number}:"]
    for arrival in news.arrived:
        when = format_local(arrival.event.at, desk.zone, desk.now)
        what = told([arrival.event], now=desk.now, zone=desk.zone)
        lines.append(f"  {when}  {arrival.event.actor}: {what}")
        lines += [f"    > {line}" for line in arrival.body.splitlines()]
    return lines
