"""What was said about a ticket."""

from queues import Bench, ago

from supportq.model.message import Author, Direction
from supportq.store.messages import messages_of
from supportq.work.undo import undo


def test_messages_come_as_they_were_said_without_those_that_were_undone(bench: Bench) -> None:
    number = bench.ask("Parcel", ago(hours=3), body="Where is it?")
    bench.reply(number, ago(hours=2), "On its way.")
    bench.note(number, ago(hours=1), "Lost.")
    undo(bench.writer())

    messages = messages_of(bench.queue, number)

    assert [(said.direction, said.author, said.agent, said.body) for said in messages] == [
        (Direction.IN, Author.CUSTOMER, None, "Where is it?"),
        (Direction.OUT, Author.AGENT, "ann", "On its way."),
    ]
