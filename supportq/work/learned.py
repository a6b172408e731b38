"""What the settings learned after an import: agents and teams that its rows had named in vain get what is theirs."""

from collections.abc import Sequence
from typing import Any

from supportq.model.event import Event, in_force
from supportq.model.inquiry import Inquiry
from supportq.model.ticket import Ticket
from supportq.store.change import Change
from supportq.store.histories import read_histories
from supportq.store.messages import give_author, messages_without_author
from supportq.store.projected import read_tickets
from supportq.store.queue import Queue
from supportq.store.wordless import replies_without_words
from supportq.values import dataclass
from supportq.work.known import Row


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a row tells by now: team and assignee that its ticket never had, and who wrote a message of nobody's."""

    ticket_id: int
    message_id: int
    edits: dict[str, Any]
    author: str | None


def lessons(queue: Queue, rows: Sequence[Row]) -> list[Lesson]:
    """Return what rows tell that say the same as ever; what anybody or a rule decided here since stays as it is."""
    naming = [row for row in rows if row[0].inquiry.team or row[0].inquiry.assignee or row[0].inquiry.author]
    if not naming:
        return []
    tickets = read_tickets(queue, {known.ticket_id for _, known in naming})
    of_nobody = messages_without_author(queue.connection, {known.message_id for _, known in naming})
    found = []
    for entry, known in naming:
        ticket, inquiry = tickets[known.ticket_id], entry.inquiry
        edits = _new(ticket, inquiry) if known.message_id == ticket.first_message_id else {}
        author = inquiry.author if known.message_id in of_nobody else None
        if edits or author:
            found.append(Lesson(ticket.id, known.message_id, edits, author))
    return _undecided(queue, found)


def _new(ticket: Ticket, inquiry: Inquiry) -> dict[str, Any]:
    """Return what a ticket has not of what the row tells by which it was opened."""
    edits: dict[str, Any] = {}
    if ticket.merged_into is None and inquiry.assignee and ticket.assignee is None:
        edits["assignee"] = inquiry.assignee
    if ticket.merged_into is None and inquiry.team and ticket.team != inquiry.team:
        edits["team"] = inquiry.team
    return edits


def _undecided(queue: Queue, found: Sequence[Lesson]) -> list[Lesson]:
    histories = read_histories(queue.connection, [lesson.ticket_id for lesson in found if lesson.edits])
    left = []
    for lesson in found:
        edits = {
            name: value for name, value in lesson.edits.items() if not _was_decided(histories[lesson.ticket_id], name)
        }
        if edits or lesson.author:
            left.append(Lesson(lesson.ticket_id, lesson.message_id, edits, lesson.author))
    return left


def _was_decided(history: Sequence[Event], name: str) -> bool:
    """Tell whether a rule chose the value that a ticket began with, or something changed it since."""
    created, *later = in_force(history)
    return name in created.data.get("ruled", ()) or any(name in event.data for event in later)


def learn(change: Change, taught: Sequence[Lesson]) -> None:
    """Give tickets to their teams and agents, and messages their authors, replies without words their assignee."""
    change.load(lesson.ticket_id for lesson in taught if lesson.edits)
    connection = change.queue.connection
    for lesson in taught:
        if lesson.edits:
            change.alter(lesson.ticket_id, **lesson.edits, learned=True)
        if lesson.author:
            give_author(connection, lesson.message_id, lesson.author)
    assignees = {lesson.ticket_id: lesson.edits["assignee"] for lesson in taught if "assignee" in lesson.edits}
    for reply in replies_without_words(connection, assignees):
        give_author(connection, reply.message_id, assignees[reply.ticket_id])
