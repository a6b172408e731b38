"""Add an internal note, which stops no clock and which no customer sees."""

from collections.abc import Mapping, Sequence

from supportq.model.event import Kind
from supportq.model.message import Author, Direction
from supportq.store.attachments import Attached, keep
from supportq.store.change import Done, Writer
from supportq.store.gather import Saying
from supportq.work.spent import record_spent


def note(writer: Writer, bodies: Mapping[int, str], *, attached: Sequence[Attached] = (), spent_s: int = 0) -> Done:
    """Write a note on each of these tickets, whatever their status."""
    with writer.change("note") as change:
        change.load(bodies)
        for number, body in bodies.items():
            channel = change.ticket(number).channel
            saying = Saying(Direction.NOTE, Author.AGENT, channel, body, change.now, agent=change.actor)
            message = change.say(number, saying)
            keep(change, message, attached)
            change.record(number, Kind.NOTED, message=message)
            record_spent(change, number, spent_s)
        return change.store()
