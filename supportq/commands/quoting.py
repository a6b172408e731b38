"""What an agent has before their eyes while writing: the ticket and what was said last."""

from collections.abc import Sequence

from supportq.desk import Desk

LAST = 10
"""So many messages are quoted, newest first."""


def conversation_of(desk: Desk, verb: str, tickets: Sequence[int], text: str) -> str:
    """Return the sheet for an editor: a text, then which tickets it is for and, for a single one, what was said."""
    from supportq.output.editor import quoted, sheet
    from supportq.store.customers import customers_of_tickets
    from supportq.store.messages import messages_of
    from supportq.store.subjects import subject_of
    from supportq.when import format_local

    if len(tickets) > 1:
        return sheet(text, f"{verb} to {len(tickets)} tickets: {' '.join(map(str, tickets))}", ())
    (number,) = tickets
    customer = customers_of_tickets(desk.queue.connection, tickets).get(number)
    messages = messages_of(desk.queue, number)[: -LAST - 1 : -1]
    heading = f"{verb} {number}: {subject_of(desk.queue.connection, number)}"
    names = {customer.id: customer.label} if customer else {}
    told = {message.id: format_local(message.at, desk.zone, desk.now) for message in messages}
    from supportq.commands.looks import look_at

    look_at(desk, tickets)
    return sheet(text, f"{heading}, from {customer.label}" if customer else heading, quoted(messages, names, told))
